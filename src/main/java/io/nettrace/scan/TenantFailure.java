package io.nettrace.scan;

import io.nettrace.platform.Causes;
import java.sql.SQLException;

/** A failure in a tenant's schema as the log may name it: without any of its data. */
final class TenantFailure {
  private TenantFailure() {}

  static String name(Throwable failure) {
    return Causes.first(failure, SQLException.class)
        .map(sql -> "SQLSTATE " + sql.getSQLState())
        .orElseGet(() -> failure.getClass().getSimpleName());
  }
}
