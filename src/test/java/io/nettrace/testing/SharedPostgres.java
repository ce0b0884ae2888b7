package io.nettrace.testing;

import io.nettrace.platform.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL for all tests of this JVM, started when the first one asks. */
public final class SharedPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private SharedPostgres() {}

  /** A database of its own, empty. */
  public static Database freshDatabase() {
    DataSource pool = freshSource();
    return new Database(() -> pool);
  }

  /** Connections to a database of its own, empty. */
  public static DataSource freshSource() {
    return server().getDatabase("postgres", create(), Map.of("currentSchema", "catalog"));
  }

  /** The JDBC address of a database of its own, empty. */
  public static String freshUrl() {
    return server().getJdbcUrl("postgres", create()) + "&currentSchema=catalog";
  }

  /**
   * The JDBC address of a database of its own, empty, for a login like the service's: it owns the
   * database and may make roles, but inherits nothing from them and is no superuser.
   */
  public static String freshOwnedUrl() {
    String name = create();
    execute(
        """
        do $$ begin
          create role nettrace_it login createrole noinherit;
        exception when duplicate_object then null;
        end $$
        """);
    execute("alter database %s owner to nettrace_it".formatted(name));
    return server().getJdbcUrl("nettrace_it", name);
  }

  /** Lets nobody connect to the database at {@code url} any more, and ends all connections. */
  public static void withdraw(String url) {
    execute("alter database %s allow_connections false".formatted(name(url)));
    execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '%s'"
            .formatted(name(url)));
  }

  public static void giveBack(String url) {
    execute("alter database %s allow_connections true".formatted(name(url)));
  }

  private static String name(String url) {
    return url.replaceFirst("^.*/([a-z0-9]+).*$", "$1");
  }

  private static String create() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("create database " + name);
    return name;
  }

  private static void execute(String sql) {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      try {
        running = EmbeddedPostgres.builder().start();
        server = running;
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL for the tests did not start", e);
      }
    }
    return running;
  }
}
