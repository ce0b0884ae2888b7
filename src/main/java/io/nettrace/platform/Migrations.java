package io.nettrace.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Brings each schema of the record up to date with its Liquibase change log. Nodes that start
 * together wait for each other (an advisory lock, released when the session ends, so that a node
 * that dies in the middle blocks nobody).
 */
public final class Migrations {
  /** Schema and change log of the same name, in the order in which they are applied. */
  static final List<String> SCHEMAS = List.of("platform", "catalog", "events");

  private static final long LOCK = 0x6e657474_72616365L; // "nettrace"

  private final Database database;

  public Migrations(Database database) {
    this.database = database;
  }

  public void apply() {
    database.run(
        connection -> {
          lock(connection, "pg_advisory_lock");
          try {
            for (String schema : SCHEMAS) {
              apply(connection, schema);
            }
          } finally {
            resetSearchPath(connection);
            lock(connection, "pg_advisory_unlock");
          }
          return true;
        });
  }

  private static void lock(Connection connection, String function) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select %s(%d)".formatted(function, LOCK));
    }
  }

  /** Liquibase sets one of its own, and the connection goes back to the pool. */
  private static void resetSearchPath(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("reset search_path");
    }
  }

  private static void apply(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema if not exists " + schema);
      // a lock row left by a killed process is stale: we hold the advisory lock
      statement.execute("drop table if exists " + schema + ".databasechangeloglock");
    }
    try {
      update(connection, schema);
    } catch (LiquibaseException e) {
      throw new SQLException("the change log " + schema + " could not be applied", "XX000", e);
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void update(Connection connection, String schema) throws LiquibaseException {
    System.setProperty("liquibase.analytics.enabled", "false");
    liquibase.database.Database target =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
    target.setDefaultSchemaName(schema);
    target.setLiquibaseSchemaName(schema);
    // not closed: closing it would close the pool's connection
    @SuppressWarnings("resource")
    Liquibase liquibase =
        new Liquibase(
            "liquibase/" + schema + "/changelog.xml",
            new ClassLoaderResourceAccessor(Migrations.class.getClassLoader()),
            target);
    liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
    quietly(() -> liquibase.update(new Contexts()));
  }

  /** What Liquibase would print goes to its log instead. */
  private static void quietly(Scope.ScopedRunner<?> work) throws LiquibaseException {
    try {
      Scope.child(Scope.Attr.ui, new LoggerUIService(), work);
    } catch (LiquibaseException e) {
      throw e;
    } catch (Exception e) {
      throw new LiquibaseException(e);
    }
  }
}
