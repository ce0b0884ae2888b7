package io.nettrace.scan;

import java.sql.SQLException;

/** A failure in a tenant's schema as the log may name it: without any of its data. */
final class TenantFailure {
  private TenantFailure() {}

  static String name(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return "SQLSTATE " + sql.getSQLState();
      }
    }
    return failure.getClass().getSimpleName();
  }
}
