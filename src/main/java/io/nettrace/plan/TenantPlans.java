package io.nettrace.plan;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.Tx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Which plan each tenant is on. Asking looks at memory; a change is known to every node soon. */
@Service
public class TenantPlans {
  /** How many changes a history has at most. */
  public static final int MOST_CHANGES = 1000;

  private static final Logger LOG = System.getLogger(TenantPlans.class.getName());
  private static final String TOPIC = "plans";

  /** Longer than a transaction that assigns a plan takes. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private final Database database;
  private final Signals signals;
  private final Plans plans;
  private final Map<UUID, Assigned> assigned = new ConcurrentHashMap<>();
  private Instant inTouch = Instant.EPOCH;

  private record Assigned(long number, Plan plan) {}

  @Inject
  public TenantPlans(Database database, Signals signals, Plans plans) {
    this.database = database;
    this.signals = signals;
    this.plans = plans;
  }

  public void load(@Observes @Priority(StartPhase.CACHES) DatabaseReady ready) {
    catchUp();
    signals.subscribe(TOPIC, tenantId -> read(UUID.fromString(tenantId)), this::catchUp);
  }

  /** The first plan for whoever has no other. */
  public Plan of(UUID tenantId) {
    Assigned known = assigned.get(tenantId);
    return known == null ? plans.first() : known.plan;
  }

  /** Puts a tenant on a plan: here at once, on the other nodes within a second. */
  public void assign(Actor by, UUID tenantId, Plan plan) {
    boolean _ =
        database.transaction(
            tx -> {
              assign(by, tx, tenantId, plan);
              return true;
            });
  }

  /** The same as part of the caller's transaction, once it is committed. */
  public void assign(Actor by, Tx tx, UUID tenantId, Plan plan) throws SQLException {
    String before =
        TenantPlanStore.ofTenant(tx.connection(), tenantId).stream()
            .findFirst()
            .map(TenantPlanStore.Row::plan)
            .orElse(plans.first().name());
    TenantPlanStore.Row row =
        TenantPlanStore.add(tx.connection(), tenantId, plan.name(), by.text());
    tx.audit(
        by,
        AuditEntry.of(PlanAct.ASSIGNED, tenantId, tenantId.toString())
            .with("before", before)
            .with("plan", plan.name()));
    signals.publish(tx, TOPIC, tenantId.toString());
    tx.afterCommit(() -> take(row));
  }

  /** The plans a tenant was put on, newest first: at most {@link #MOST_CHANGES}. */
  public List<PlanChange> history(UUID tenantId) {
    return database.run(connection -> TenantPlanStore.history(connection, tenantId, MOST_CHANGES));
  }

  private void read(UUID tenantId) {
    database.run(connection -> TenantPlanStore.ofTenant(connection, tenantId)).forEach(this::take);
  }

  /** What changed while signals may have been missed. */
  private synchronized void catchUp() {
    Instant now = database.run(Columns::now);
    database
        .run(connection -> TenantPlanStore.changed(connection, inTouch.minus(OVERLAP)))
        .forEach(this::take);
    inTouch = now;
  }

  /** Whichever order rows are read in, the one with the highest number stays. */
  private void take(TenantPlanStore.Row row) {
    Assigned fresh = new Assigned(row.number(), plan(row));
    assigned.merge(
        row.tenantId(), fresh, (known, read) -> read.number > known.number ? read : known);
  }

  private Plan plan(TenantPlanStore.Row row) {
    return plans
        .byName(row.plan())
        .orElseGet(
            () -> {
              LOG.log(
                  Level.WARNING,
                  "the tenant {0} is on the plan {1}, which is not in {2}; it gets {3}",
                  row.tenantId(),
                  row.plan(),
                  Plans.FILE,
                  plans.first().name());
              return plans.first();
            });
  }
}
