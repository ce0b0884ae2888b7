package io.nettrace.tenant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Puts a transaction behind a tenant's walls: its role, and its schema as the search path. */
final class Walls {
  private static final String RAISE =
      "select set_config('role', ?, true), set_config('search_path', ?, true)";

  private static final String NOT_ALLOWED = "42501";

  private Walls() {}

  /** The connection's login may not take on the tenant's role. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(SQLException cause) {
      super("the login may not take on the tenant's role", cause);
    }
  }

  /** Holds until the transaction ends. */
  static Connection around(Connection transaction, Placement home) throws SQLException {
    try (PreparedStatement raise = transaction.prepareStatement(RAISE)) {
      raise.setString(1, home.role());
      raise.setString(2, home.schema());
      raise.execute();
    } catch (SQLException e) {
      if (NOT_ALLOWED.equals(e.getSQLState())) {
        throw new RefusedException(e);
      }
      throw e;
    }
    return transaction;
  }
}
