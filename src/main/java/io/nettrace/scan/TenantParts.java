package io.nettrace.scan;

import io.nettrace.catalog.Schedule;
import io.nettrace.catalog.ScheduledTarget;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.scanner.Delivery;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stores what a delivery holds for tenants, each one's part in a transaction in its own schema. All
 * of them commit before the catalogue's part does; as that commit waits for the disk, theirs are
 * there too. A part that its schema does not take now is parked, and so are those after it until it
 * is stored.
 */
@Service
public class TenantParts {
  /** So many databases of tenants are waited for, one after the other; the rest is parked. */
  private static final int MOST_AWAY = 2;

  /** A part that cannot be stored now; {@code isAway} when its database could not be reached. */
  private record Refused(UUID tenantId, OwnPart part, String reason, boolean isAway) {}

  private final Tenants tenants;
  private final TenantDatabase walls;
  private final OwnRecord records;
  private final ParkedParts parked;

  @Inject
  TenantParts(Tenants tenants, TenantDatabase walls, OwnRecord records, ParkedParts parked) {
    this.tenants = tenants;
    this.walls = walls;
    this.records = records;
    this.parked = parked;
  }

  /**
   * Stores or parks every tenant's part of the scan. All that a tenant's vantage point measured is
   * that tenant's, targets of the catalogue as well.
   */
  void store(
      Tx whole, AssignmentPolicy policy, Delivery delivery, AcceptedScan scan, Schedule schedule)
      throws SQLException {
    Function<String, Optional<UUID>> whose =
        id -> policy.owner().or(() -> schedule.find(id).map(ScheduledTarget::tenantId));
    Set<UUID> owners = owners(scan, whose);
    if (owners.isEmpty()) {
      return;
    }
    Map<UUID, Long> waiting = parked.waiting(whole, owners);
    List<Refused> refused = new ArrayList<>();
    for (UUID tenantId : owners) {
      OwnPart part =
          new OwnPart(
              delivery, scan.of(id -> whose.apply(id).filter(tenantId::equals).isPresent()));
      boolean waits = refused.stream().filter(Refused::isAway).count() < MOST_AWAY;
      if (waiting.containsKey(tenantId)) {
        refused.add(new Refused(tenantId, part, "earlier ones wait", false));
      } else {
        attempt(whole, tenantId, part, waits).ifPresent(refused::add);
      }
    }
    for (Refused one : refused) { // last, since parking locks the job that other deliveries enqueue
      long bytes = waiting.getOrDefault(one.tenantId(), 0L);
      parked.park(whole, one.tenantId(), one.part(), one.reason(), bytes);
    }
  }

  /** Empty when the part is stored, or lost with its tenant. */
  private Optional<Refused> attempt(Tx whole, UUID tenantId, OwnPart part, boolean waits) {
    Optional<Tenant> tenant = tenants.find(tenantId).filter(one -> one.placement().isPresent());
    if (tenant.isEmpty()) {
      parked.lose(whole, tenantId, part, "it has no schema");
      return Optional.empty();
    }
    if (!walls.isReady(tenant.get())) {
      return Optional.of(new Refused(tenantId, part, ParkedParts.BEHIND, false));
    }
    if (!waits) {
      return Optional.of(new Refused(tenantId, part, "databases of others are away", false));
    }
    try {
      boolean _ = records.store(whole, tenant.get(), part);
      return Optional.empty();
    } catch (DatabaseUnavailableException e) {
      return Optional.of(new Refused(tenantId, part, TenantFailure.name(e), true));
    } catch (RuntimeException e) {
      return Optional.of(new Refused(tenantId, part, TenantFailure.name(e), false));
    }
  }

  private static Set<UUID> owners(AcceptedScan scan, Function<String, Optional<UUID>> whose) {
    return Stream.of(
            scan.bursts().stream().map(burst -> burst.targetId()),
            scan.traces().stream().map(trace -> trace.targetId()),
            scan.resolutions().stream().map(answer -> answer.targetId()))
        .flatMap(ids -> ids)
        .distinct()
        .flatMap(id -> whose.apply(id).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
