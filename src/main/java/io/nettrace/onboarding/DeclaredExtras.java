package io.nettrace.onboarding;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The table platform.declarations: what is declared and waits for a component that acts on it. */
@Service
public class DeclaredExtras implements TenantData {
  private static final String SAME =
      """
      select scanners = ?::jsonb and objectives = ?::jsonb
      from platform.declarations where tenant_id = ?
      """;
  private static final String PUT =
      """
      insert into platform.declarations (scanners, objectives, tenant_id, applied_at)
      values (?::jsonb, ?::jsonb, ?, ?)
      on conflict (tenant_id) do update set
        scanners = excluded.scanners, objectives = excluded.objectives,
        applied_at = excluded.applied_at
      """;
  private static final String NOTHING = "[]";

  private final Database database;
  private final Clock clock;

  @Inject
  DeclaredExtras(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  boolean are(UUID tenantId, Declaration declared) {
    boolean none = declared.scanners().equals(NOTHING) && declared.objectives().equals(NOTHING);
    return database.run(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(SAME)) {
            bind(query, tenantId, declared);
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? row.getBoolean(1) : none;
            }
          }
        });
  }

  void put(UUID tenantId, Declaration declared) {
    int _ =
        database.run(
            connection -> {
              try (PreparedStatement insert = connection.prepareStatement(PUT)) {
                bind(insert, tenantId, declared);
                insert.setObject(4, Columns.utc(clock.instant()));
                return insert.executeUpdate();
              }
            });
  }

  private static void bind(PreparedStatement statement, UUID tenantId, Declaration declared)
      throws SQLException {
    statement.setString(1, declared.scanners());
    statement.setString(2, declared.objectives());
    statement.setObject(3, tenantId);
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part(
            "declaration",
            "select scanners, objectives, applied_at from platform.declarations where tenant_id"
                + " = ?"));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    try (PreparedStatement delete =
        tx.connection().prepareStatement("delete from platform.declarations where tenant_id = ?")) {
      delete.setObject(1, tenantId);
      delete.executeUpdate();
    }
  }
}
