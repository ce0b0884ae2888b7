package io.nettrace.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Runs SQL: one statement's worth, or a transaction that commits as a whole or not at all. */
public final class Database {

  /** What to do with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Supplier<DataSource> pool;

  public Database(Supplier<DataSource> pool) {
    this.pool = pool;
  }

  /** For libraries of this package that want to hold connections of their own. */
  DataSource source() {
    return pool.get();
  }

  /** Each statement stands for itself. */
  public <T> T run(Work<T> work) {
    try (Connection connection = pool.get().getConnection()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
  }

  /** All or nothing; any exception rolls back. */
  public <T> T transaction(Work<T> work) {
    return run(
        connection -> {
          connection.setAutoCommit(false);
          boolean committed = false;
          try {
            T result = work.run(connection);
            connection.commit();
            committed = true;
            return result;
          } finally {
            finish(connection, committed);
          }
        });
  }

  private static void finish(Connection connection, boolean committed) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    if (!committed) {
      connection.rollback();
    }
    connection.setAutoCommit(true);
  }
}
