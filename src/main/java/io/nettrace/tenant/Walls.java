package io.nettrace.tenant;

import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Puts a transaction behind a tenant's walls: its role, and its schema as the search path.
 *
 * <p>The path names the schema as that of whoever is at work, so it reads the same for every tenant
 * and for nobody: since PostgreSQL 18 the server tells of each path that reads differently, and the
 * driver then throws away what it has prepared.
 */
final class Walls {
  /**
   * The schema that has the role's name, and nothing where no role is taken on; temporary tables
   * come last, so that one which somebody left behind hides none of the tenant's.
   */
  static final String PATH = "\"$user\", pg_temp";

  private static final Sql RAISE =
      Sql.of("select set_config('role', :role, true), set_config('search_path', :path, true)");

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
  static void raise(Connection transaction, Placement home) throws SQLException {
    try {
      boolean _ = raised(home).any(transaction);
    } catch (SQLException e) {
      throw told(e);
    }
  }

  /**
   * The rows of one query behind the walls, on a connection where each statement stands for itself:
   * walls and query are one transaction of one round trip.
   */
  static <T> List<T> read(Connection connection, Placement home, Sql query, Sql.Row<T> row)
      throws SQLException {
    try {
      return query.allAfter(raised(home), connection, row);
    } catch (SQLException e) {
      throw told(e);
    }
  }

  private static Sql raised(Placement home) {
    return RAISE.bind("role", home.role()).bind("path", PATH);
  }

  private static SQLException told(SQLException e) {
    if (NOT_ALLOWED.equals(e.getSQLState())) {
      throw new RefusedException(e);
    }
    return e;
  }
}
