package io.nettrace.platform;

import java.sql.SQLException;

/** The database cannot be reached now; the same call may succeed later. */
public non-sealed class DatabaseUnavailableException extends DatabaseException {
  DatabaseUnavailableException(SQLException cause) {
    super(cause);
  }

  /** Migrations have not run yet. */
  public DatabaseUnavailableException(String reason) {
    super(new SQLException(reason));
  }
}
