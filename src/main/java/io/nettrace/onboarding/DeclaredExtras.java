package io.nettrace.onboarding;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.TenantData;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The table platform.declarations: what is declared and waits for a component that acts on it. */
@Service
public class DeclaredExtras implements TenantData {
  private static final Sql SAME =
      Sql.of(
          """
          select (scanners = :scanners::jsonb and objectives = :objectives::jsonb) as same
          from platform.declarations where tenant_id = :tenant_id
          """);
  private static final Sql PUT =
      Sql.of(
          """
          insert into platform.declarations (scanners, objectives, tenant_id, applied_at)
          values (:scanners::jsonb, :objectives::jsonb, :tenant_id, :applied_at)
          on conflict (tenant_id) do update set
            scanners = excluded.scanners, objectives = excluded.objectives,
            applied_at = excluded.applied_at
          """);
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
        connection ->
            bound(SAME, tenantId, declared)
                .first(connection, row -> row.getBoolean("same"))
                .orElse(none));
  }

  void put(Actor by, UUID tenantId, Declaration declared) {
    int _ =
        database.transaction(
            tx -> {
              tx.audit(by, AuditEntry.of(DeclarationAct.NOTED, tenantId, tenantId.toString()));
              return bound(PUT, tenantId, declared)
                  .bind("applied_at", clock.instant())
                  .update(tx.connection());
            });
  }

  private static Sql bound(Sql statement, UUID tenantId, Declaration declared) {
    return statement
        .bind("scanners", declared.scanners())
        .bind("objectives", declared.objectives())
        .bind("tenant_id", tenantId);
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part(
            "declaration",
            "select scanners, objectives, applied_at from platform.declarations where tenant_id"
                + " = :tenant_id"));
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.declarations where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(tx.connection());
  }
}
