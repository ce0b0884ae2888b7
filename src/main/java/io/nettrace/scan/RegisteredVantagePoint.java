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

  /** The forms of a policy as they are stored. */
  private enum Stored {
    SHARED,
    OWN,
    OWN_AND_CATALOGUE
  }

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
    Stored stored = Columns.constant(row, "policy", Stored.class);
    return switch (stored) {
      case SHARED -> new AssignmentPolicy.Shared();
      case OWN, OWN_AND_CATALOGUE -> {
        UUID tenantId = Columns.uuid(row, "tenant_id");
        yield new AssignmentPolicy.OfTenant(tenantId, stored == Stored.OWN_AND_CATALOGUE);
      }
    };
  }

  /** The policy as it is stored. */
  static String stored(AssignmentPolicy policy) {
    Stored stored =
        switch (policy) {
          case AssignmentPolicy.Shared _ -> Stored.SHARED;
          case AssignmentPolicy.OfTenant(UUID _, boolean withCatalogue) ->
              withCatalogue ? Stored.OWN_AND_CATALOGUE : Stored.OWN;
        };
    return stored.name();
  }
}
