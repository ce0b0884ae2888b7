package io.nettrace.target;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantChanged;
import io.nettrace.tenant.Tenants;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
      from platform.assigned_targets\
      """;

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

  void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) DatabaseReady ready) {
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
    take(database.run(connection -> read(connection, SELECT, Optional.empty())));
  }

  private void load(UUID tenantId) {
    String ofTenant = SELECT + " where tenant_id = ?";
    take(tenantId, database.run(connection -> read(connection, ofTenant, Optional.of(tenantId))));
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

  private static List<ScheduledTarget> read(
      Connection connection, String sql, Optional<UUID> tenantId) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql + " order by target_id")) {
      if (tenantId.isPresent()) {
        query.setObject(1, tenantId.get());
      }
      List<ScheduledTarget> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(
              new ScheduledTarget(
                  row.getString("target_id"),
                  row.getObject("tenant_id", UUID.class),
                  row.getString("host"),
                  row.getInt("port"),
                  methods(row),
                  Duration.ofSeconds(row.getInt("burst_every_seconds"))));
        }
      }
      return found;
    }
  }

  private static List<Protocol> methods(ResultSet row) throws SQLException {
    return Arrays.stream((String[]) row.getArray("methods").getArray())
        .map(Protocol::valueOf)
        .toList();
  }
}
