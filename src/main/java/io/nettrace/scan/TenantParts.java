package io.nettrace.scan;

import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.scanner.Delivery;
import io.nettrace.target.Schedule;
import io.nettrace.target.ScheduledTarget;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stores what a delivery holds for tenants, each one's part in a transaction in its own schema that
 * also notes the delivery's name, so that a delivery that comes again adds nothing. All of them
 * commit before the catalogue's part does; as that commit waits for the disk, theirs are there too.
 */
@Service
public class TenantParts {
  private static final Logger LOG = System.getLogger(TenantParts.class.getName());
  private static final Sql ENTER =
      Sql.of(
          """
          insert into delivered (spool, sequence, stored_at)
          values (:spool, :sequence, :stored_at) on conflict do nothing
          """);

  private final Tenants tenants;
  private final TenantDatabase walls;
  private final Recorder recorder;
  private final ScanCounters counters;

  @Inject
  TenantParts(Tenants tenants, TenantDatabase walls, Recorder recorder, ScanCounters counters) {
    this.tenants = tenants;
    this.walls = walls;
    this.recorder = recorder;
    this.counters = counters;
  }

  /**
   * Stores every tenant's part of the scan and returns what was stored. A tenant whose schema fails
   * is left out.
   *
   * @throws DatabaseUnavailableException when a tenant's database is away: the delivery is to come
   *     again
   */
  void store(Tx whole, Delivery delivery, AcceptedScan scan, Schedule schedule) {
    for (UUID tenantId : owners(scan, schedule)) {
      store(whole, delivery, scan.of(id -> isOf(schedule, id, tenantId)), tenantId);
    }
  }

  private static Set<UUID> owners(AcceptedScan scan, Schedule schedule) {
    return Stream.of(
            scan.bursts().stream().map(burst -> burst.targetId()),
            scan.traces().stream().map(trace -> trace.targetId()),
            scan.resolutions().stream().map(answer -> answer.targetId()))
        .flatMap(ids -> ids)
        .distinct()
        .flatMap(id -> schedule.find(id).stream())
        .map(ScheduledTarget::tenantId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOf(Schedule schedule, String targetId, UUID tenantId) {
    return schedule.find(targetId).filter(t -> t.tenantId().equals(tenantId)).isPresent();
  }

  private void store(Tx whole, Delivery delivery, AcceptedScan part, UUID tenantId) {
    Optional<Tenant> tenant = tenants.find(tenantId).filter(walls::isReady);
    if (tenant.isEmpty()) {
      leftOut(tenantId, part, "it has no schema of this release");
      return;
    }
    try {
      boolean _ =
          walls.transaction(tenant.get(), tx -> record(whole, tx, tenant.get(), delivery, part));
    } catch (DatabaseUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      leftOut(tenantId, part, TenantFailure.name(e));
    }
  }

  /** False when it was stored before. */
  private boolean record(Tx whole, Tx tx, Tenant tenant, Delivery delivery, AcceptedScan part)
      throws SQLException {
    if (!enter(tx.connection(), delivery, part)) {
      return false;
    }
    recorder.record(new Recording(new RecordOf.Own(tenant), tx, whole, part));
    return true;
  }

  private static boolean enter(Connection transaction, Delivery delivery, AcceptedScan part)
      throws SQLException {
    return ENTER
            .bind("spool", delivery.spool())
            .bind("sequence", delivery.sequence())
            .bind("stored_at", part.knownAt())
            .update(transaction)
        == 1;
  }

  private void leftOut(UUID tenantId, AcceptedScan part, String reason) {
    counters.leftOut(part);
    LOG.log(
        Level.WARNING,
        "{0} measurements of tenant {1} are lost: {2}",
        part.accepted(),
        tenantId,
        reason);
  }
}
