package io.nettrace.testing;

import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL for all tests of this JVM, started when the first one asks. Databases with the
 * product's schemas are copies of one that was migrated once, because a migration takes seconds.
 */
public final class SharedPostgres {
  private static final String OWNER = "nettrace_it";
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private SharedPostgres() {}

  /** A database of its own, empty. */
  public static Database freshDatabase() {
    return database(freshSource());
  }

  /** Connections to a database of its own, empty. */
  public static DataSource freshSource() {
    return source(create(""));
  }

  /** The JDBC address of a database of its own, empty. */
  public static String freshUrl() {
    return server().getJdbcUrl("postgres", create("")) + "&currentSchema=catalog";
  }

  /** A database of its own, migrated. */
  public static Database migratedDatabase() {
    return database(migratedSource());
  }

  /** Connections to a database of its own, migrated. */
  public static DataSource migratedSource() {
    return source(create("template " + Migrated.ONE));
  }

  /**
   * The JDBC address of a database of its own, empty, for a login like the service's: it owns the
   * database and may make roles, but inherits nothing from them and is no superuser.
   */
  public static String freshOwnedUrl() {
    makeOwner();
    return server().getJdbcUrl(OWNER, create("owner " + OWNER));
  }

  /** The same, migrated. */
  public static String migratedOwnedUrl() {
    return server()
        .getJdbcUrl(OWNER, create("owner %s template %s".formatted(OWNER, Migrated.OWNED)));
  }

  private static void makeOwner() {
    execute(
        """
        do $$ begin
          create role %s login createrole noinherit;
        exception when duplicate_object then null;
        end $$
        """
            .formatted(OWNER));
  }

  private static Database database(DataSource source) {
    return new Database(() -> source, TestEntities::factory);
  }

  private static DataSource source(String name) {
    return server().getDatabase("postgres", name, Map.of("currentSchema", "catalog"));
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

  private static String create(String how) {
    String name = "test" + DATABASES.incrementAndGet();
    execute("create database %s %s".formatted(name, how));
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
        Path folder = Files.createTempDirectory("nettrace-postgres");
        running =
            EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .start();
        server = running;
        EmbeddedPostgres started = running;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, folder)));
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL for the tests did not start", e);
      }
    }
    return running;
  }

  /** Hundreds of databases are gigabytes in small files, which the library removes slowly. */
  private static void end(EmbeddedPostgres running, Path folder) {
    try {
      running.close();
      int _ = new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    } catch (IOException e) {
      System.err.println("The tests' PostgreSQL leaves " + folder + " behind: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Names of the databases that are copied, made when the first copy is asked for. */
  private static final class Migrated {
    static final String ONE = migrate("postgres", create(""));
    static final String OWNED = owned();

    private static String owned() {
      makeOwner();
      return migrate(OWNER, create("owner " + OWNER));
    }

    /** Leaves no connection open, which a copy would not allow. */
    private static String migrate(String login, String name) {
      DataSource source = server().getDatabase(login, name);
      new Migrations(database(source)).apply();
      return name;
    }
  }
}
