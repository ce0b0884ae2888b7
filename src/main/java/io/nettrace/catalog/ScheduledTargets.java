package io.nettrace.catalog;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.platform.StartPhase;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantChanged;
import io.nettrace.tenant.Tenants;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be measured for all tenants, in memory: a copy of {@code platform.assigned_targets}
 * that follows it within a second, without the targets of tenants that are not served.
 */
@Service
public class ScheduledTargets {
  static final String TOPIC = "assigned-targets";

  private static final String SELECT =
      """
      select target_id, tenant_id, host, port, methods, burst_every_seconds
      from platform.assigned_targets
      """;
  private static final Sql ALL = Sql.of(SELECT + "order by target_id");
  private static final Sql OF_TENANT =
      Sql.of(SELECT + "where tenant_id = :tenant_id order by target_id");

  private final Database database;
  private final Tenants tenants;
  private final Signals signals;
  private final Map<UUID, List<ScheduledTarget>> byTenant = new HashMap<>();
  private volatile Schedule schedule = Schedule.EMPTY;

  @Inject
  ScheduledTargets(Database database, Tenants tenants, Signals signals) {
    this.database = database;
    this.tenants = tenants;
    this.signals = signals;
  }

  void begin(@Observes @Priority(StartPhase.CACHES) DatabaseReady ready) {
    load();
    signals.subscribe(TOPIC, tenantId -> load(UUID.fromString(tenantId)), this::load);
  }

  /** Somebody may be served no longer, or again. */
  synchronized void changed(@Observes TenantChanged change) {
    if (byTenant.containsKey(change.tenant().id())) {
      publish();
    }
  }

  /** As it is now; the same object until something changes. Never blocks. */
  public Schedule schedule() {
    return schedule;
  }

  public Optional<ScheduledTarget> find(String targetId) {
    return schedule.find(targetId);
  }

  /** Reads everything anew. */
  void load() {
    take(read(ALL));
  }

  private void load(UUID tenantId) {
    take(tenantId, read(OF_TENANT.bind("tenant_id", tenantId)));
  }

  private synchronized void take(List<ScheduledTarget> all) {
    Map<UUID, List<ScheduledTarget>> read = new HashMap<>();
    all.forEach(
        target -> read.computeIfAbsent(target.tenantId(), _ -> new ArrayList<>()).add(target));
    if (!read.equals(byTenant)) {
      byTenant.clear();
      byTenant.putAll(read);
      publish();
    }
  }

  private synchronized void take(UUID tenantId, List<ScheduledTarget> targets) {
    if (targets.isEmpty()) {
      byTenant.remove(tenantId);
    } else {
      byTenant.put(tenantId, targets);
    }
    publish();
  }

  private void publish() {
    Map<String, ScheduledTarget> served = new HashMap<>();
    byTenant.forEach(
        (tenantId, targets) -> {
          if (isServed(tenantId)) {
            targets.forEach(target -> served.put(target.targetId(), target));
          }
        });
    schedule = new Schedule(served);
  }

  private boolean isServed(UUID tenantId) {
    return tenants.find(tenantId).map(Tenant::state).filter(s -> s.isServed()).isPresent();
  }

  private List<ScheduledTarget> read(Sql query) {
    return database.run(connection -> query.all(connection, ScheduledTargets::target));
  }

  private static ScheduledTarget target(ResultSet row) throws SQLException {
    return new ScheduledTarget(
        row.getString("target_id"),
        Columns.uuid(row, "tenant_id"),
        row.getString("host"),
        row.getInt("port"),
        Columns.texts(row, "methods").stream().map(Protocol::valueOf).toList(),
        Duration.ofSeconds(row.getInt("burst_every_seconds")));
  }
}
