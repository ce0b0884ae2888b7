package io.nettrace.platform;

import java.lang.reflect.UndeclaredThrowableException;
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
  private final DatabaseUse.Pool use;

  /** A database whose use is not told. */
  public Database(Supplier<DataSource> pool) {
    this(pool, DatabaseUse.untold());
  }

  public Database(Supplier<DataSource> pool, DatabaseUse.Pool use) {
    this.pool = pool;
    this.use = use;
  }

  /** For libraries of this package that want to hold connections of their own. */
  DataSource source() {
    return pool.get();
  }

  /** Each statement stands for itself. */
  public <T> T run(Work<T> work) {
    try {
      return use.run(pool.get(), work);
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    } catch (UndeclaredThrowableException e) {
      throw wrapped(e);
    }
  }

  /** The container's connections are proxies, which wrap failures that the method declares. */
  private static RuntimeException wrapped(UndeclaredThrowableException wrapper) {
    for (Throwable cause = wrapper.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return DatabaseException.of(e);
      }
    }
    return wrapper;
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
