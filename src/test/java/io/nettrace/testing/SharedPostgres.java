package io.nettrace.testing;

import io.nettrace.platform.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
    DataSource pool = server().getDatabase("postgres", create());
    return new Database(() -> pool);
  }

  /** The JDBC address of a database of its own, empty. */
  public static String freshUrl() {
    return server().getJdbcUrl("postgres", create());
  }

  private static String create() {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
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
