package io.nettrace.scan;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** A vantage point of this installation, whose it is and what it measures. */
public record RegisteredVantagePoint(VantagePoint vantagePoint, AssignmentPolicy policy) {
  private static final Sql FIND =
      Sql.of(
          """
          select name, simulated, tenant_id, policy from platform.vantage_points
          where name = :name
          """);

  /** One that a scanner with the shared token introduces. */
  static RegisteredVantagePoint shared(VantagePoint vantagePoint) {
    return new RegisteredVantagePoint(vantagePoint, new AssignmentPolicy.Shared());
  }

  static Optional<RegisteredVantagePoint> find(Connection connection, String name)
      throws SQLException {
    return FIND.bind("name", name).first(connection, RegisteredVantagePoint::of);
  }

  /** Reads the columns {@code name, simulated, tenant_id, policy}. */
  static RegisteredVantagePoint of(ResultSet row) throws SQLException {
    return new RegisteredVantagePoint(
        new VantagePoint(row.getString("name"), row.getBoolean("simulated")), policy(row));
  }

  private static AssignmentPolicy policy(ResultSet row) throws SQLException {
    AssignmentPolicy.Kind kind = Columns.constant(row, "policy", AssignmentPolicy.Kind.class);
    return switch (kind) {
      case SHARED -> new AssignmentPolicy.Shared();
      case OWN, OWN_AND_CATALOGUE -> {
        UUID tenantId = Columns.uuid(row, "tenant_id");
        yield new AssignmentPolicy.OfTenant(
            tenantId, kind == AssignmentPolicy.Kind.OWN_AND_CATALOGUE);
      }
    };
  }
}
