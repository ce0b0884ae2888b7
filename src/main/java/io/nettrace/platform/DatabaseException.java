package io.nettrace.platform;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** SQL failed although the database was there: a defect, not weather. */
public sealed class DatabaseException extends RuntimeException
    permits DatabaseUnavailableException {
  DatabaseException(SQLException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }

  public static DatabaseException of(SQLException e) {
    return isUnavailable(e) ? new DatabaseUnavailableException(e) : new DatabaseException(e);
  }

  /** Connection lost or refused (08), shutting down or recovering (57P), out of slots (53). */
  private static boolean isUnavailable(SQLException e) {
    @Nullable String state = e.getSQLState();
    return e instanceof SQLTransientException
        || e instanceof SQLNonTransientConnectionException
        || state == null // the pool's own refusals carry no state
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53");
  }
}
