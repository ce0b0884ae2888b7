package io.nettrace.identity;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What tenants demand of sessions; those that said nothing get the installation's settings. */
@Service
public class TenantPolicies {
  private static final Sql SET =
      Sql.of(
          """
          insert into platform.tenant_policies
            (tenant_id, idle_minutes, absolute_minutes, require_second_factor) values (:tenant_id,
              :idle_minutes, :absolute_minutes, :require_second_factor)
          on conflict (tenant_id) do update set idle_minutes = excluded.idle_minutes,
            absolute_minutes = excluded.absolute_minutes,
            require_second_factor = excluded.require_second_factor
          """);
  private static final Sql GET =
      Sql.of(
          """
          select idle_minutes, absolute_minutes, require_second_factor
          from platform.tenant_policies where tenant_id = :tenant_id
          """);

  private final Database database;
  private final IdentityConfig config;

  @Inject
  TenantPolicies(Database database, IdentityConfig config) {
    this.database = database;
    this.config = config;
  }

  public TenantPolicy of(UUID tenantId) {
    return database.run(connection -> kept(connection, tenantId)).orElse(config.policy());
  }

  private static Optional<TenantPolicy> kept(Connection connection, UUID tenantId)
      throws SQLException {
    return GET.bind("tenant_id", tenantId)
        .first(
            connection,
            row ->
                new TenantPolicy(
                    Duration.ofMinutes(row.getInt("idle_minutes")),
                    Duration.ofMinutes(row.getInt("absolute_minutes")),
                    row.getBoolean("require_second_factor")));
  }

  /** Holds for running sessions as well. False, and nothing changes, when it is not allowed. */
  public boolean set(Actor by, UUID tenantId, TenantPolicy policy) {
    if (!policy.isAllowed()) {
      return false;
    }
    return database.transaction(
        tx -> {
          if (!kept(tx.connection(), tenantId).equals(Optional.of(policy))) {
            SET.bind("tenant_id", tenantId)
                .bind("idle_minutes", policy.idle().toMinutes())
                .bind("absolute_minutes", policy.absolute().toMinutes())
                .bind("require_second_factor", policy.requireSecondFactor())
                .update(tx.connection());
            tx.audit(
                by,
                AuditEntry.of(MemberAct.POLICY_CHANGED, tenantId, tenantId.toString())
                    .with("idle_minutes", policy.idle().toMinutes())
                    .with("absolute_minutes", policy.absolute().toMinutes())
                    .with("require_second_factor", policy.requireSecondFactor()));
          }
          return true;
        });
  }

  /** Back to the installation's settings, in the caller's transaction. */
  void forget(Connection transaction, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.tenant_policies where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(transaction);
  }
}
