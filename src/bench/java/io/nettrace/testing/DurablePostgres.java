package io.nettrace.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL as the product runs it: what is committed is on the disk, and the service's login is
 * no superuser. Tests need no such care, so theirs is another.
 */
public final class DurablePostgres implements AutoCloseable {
  private static final String NAME = "nettrace";

  private final EmbeddedPostgres server;

  public DurablePostgres() throws IOException, SQLException {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + NAME + " login createrole noinherit");
      statement.execute("create database " + NAME + " owner " + NAME);
    }
  }

  /** One with the product's schemas. */
  public static DurablePostgres migrated() throws IOException, SQLException {
    DurablePostgres postgres = new DurablePostgres();
    try (HikariDataSource pool = postgres.pool(1)) {
      new Migrations(new Database(() -> pool)).apply();
    }
    return postgres;
  }

  /** The JDBC address, with the service's login in it. */
  public String url() {
    return server.getJdbcUrl(NAME, NAME);
  }

  /** Connections of the service's login. */
  public HikariDataSource pool(int size) {
    return pool(url(), size);
  }

  /** Connections of somebody who may do everything. */
  public HikariDataSource superuserPool(int size) {
    return pool(server.getJdbcUrl("postgres", NAME), size);
  }

  private static HikariDataSource pool(String url, int size) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setCurrentSchema("catalog");
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
