package io.nettrace.catalog;

import io.nettrace.catalog.TargetOutcome.Fault;
import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import io.nettrace.platform.text.NameText;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** The lists by which a tenant's people look at targets that belong together. */
@Service
public class WatchLists {
  static final int MOST_LISTS = 200;
  static final int MOST_TARGETS = 1_000;
  private static final int LONGEST_NAME = 100;

  private final TenantDatabase walls;
  private final Targets catalogue;
  private final Clock clock;

  @Inject
  WatchLists(TenantDatabase walls, Targets catalogue, Clock clock) {
    this.walls = walls;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  public Optional<WatchList> find(Tenant tenant, UUID id) {
    return within(tenant, tx -> WatchListStore.find(tx.entities(), id));
  }

  /** At most {@code limit} lists by id, behind {@code after} if there is one. */
  public List<WatchList> list(Tenant tenant, Optional<UUID> after, int limit) {
    return within(tenant, tx -> WatchListStore.page(tx.entities(), after, limit));
  }

  /** All lists, by id. */
  public List<WatchList> all(Tenant tenant) {
    return list(tenant, Optional.empty(), MOST_LISTS);
  }

  public WatchListOutcome create(Actor by, Tenant tenant, String name, List<String> targetIds) {
    return within(
        tenant,
        tx -> {
          Session session = tx.entities();
          WatchListStore.lock(session);
          List<Fault> faults = faults(session, name, targetIds);
          if (!faults.isEmpty()) {
            return new WatchListOutcome.Invalid(faults);
          }
          if (WatchListStore.count(session) >= MOST_LISTS) {
            return new WatchListOutcome.TooMany(MOST_LISTS);
          }
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          WatchList list = new WatchList(TimeOrderedId.at(now), kept(name), targetIds, now, 1);
          if (WatchListStore.isTaken(session, list.name(), list.id())) {
            return new WatchListOutcome.Duplicate(list.name());
          }
          WatchListStore.insert(session, list);
          tx.audit(by, entry(TargetAct.LIST_CREATED, tenant, list));
          return new WatchListOutcome.Saved(list);
        });
  }

  /** Says name and targets anew, if nobody did since {@code version}. */
  public WatchListOutcome replace(
      Actor by, Tenant tenant, UUID id, int version, String name, List<String> targetIds) {
    return within(
        tenant,
        tx -> {
          Session session = tx.entities();
          WatchListStore.lock(session);
          Optional<WatchList> before = WatchListStore.find(session, id);
          Optional<WatchListOutcome> objection = objection(before, OptionalInt.of(version));
          if (objection.isPresent()) {
            return objection.get();
          }
          List<Fault> faults = faults(session, name, targetIds);
          if (!faults.isEmpty()) {
            return new WatchListOutcome.Invalid(faults);
          }
          WatchList list =
              new WatchList(
                  id, kept(name), targetIds, before.orElseThrow().createdAt(), version + 1);
          if (WatchListStore.isTaken(session, list.name(), list.id())) {
            return new WatchListOutcome.Duplicate(list.name());
          }
          WatchListStore.update(session, list);
          tx.audit(by, entry(TargetAct.LIST_CHANGED, tenant, list));
          return new WatchListOutcome.Saved(list);
        });
  }

  /** Of any version when none is given. */
  public WatchListOutcome remove(Actor by, Tenant tenant, UUID id, OptionalInt version) {
    return within(
        tenant,
        tx -> {
          Session session = tx.entities();
          WatchListStore.lock(session);
          Optional<WatchListOutcome> objection =
              objection(WatchListStore.find(session, id), version);
          if (objection.isPresent()) {
            return objection.get();
          }
          WatchListStore.delete(session, id);
          tx.audit(by, AuditEntry.of(TargetAct.LIST_REMOVED, tenant.id(), id.toString()));
          return new WatchListOutcome.Removed();
        });
  }

  private <T> T within(Tenant tenant, Tx.Work<T> work) {
    return walls.transaction(tenant, work);
  }

  private static AuditEntry entry(TargetAct act, Tenant tenant, WatchList list) {
    return AuditEntry.of(act, tenant.id(), list.id().toString())
        .with("targets", list.targetIds().size())
        .with("version", list.version());
  }

  private static String kept(String name) {
    return NameText.parse(name, LONGEST_NAME).good().orElseThrow();
  }

  private static Optional<WatchListOutcome> objection(
      Optional<WatchList> found, OptionalInt version) {
    if (found.isEmpty()) {
      return Optional.of(new WatchListOutcome.Missing());
    }
    int present = found.get().version();
    return version.isPresent() && version.getAsInt() != present
        ? Optional.of(new WatchListOutcome.Stale(present))
        : Optional.empty();
  }

  private List<Fault> faults(Session session, String name, List<String> targetIds) {
    List<Fault> faults = new ArrayList<>();
    NameText.parse(name, LONGEST_NAME).bad().ifPresent(why -> faults.add(new Fault("name", why)));
    if (targetIds.size() > MOST_TARGETS) {
      faults.add(new Fault("targets", "a list has at most %d targets".formatted(MOST_TARGETS)));
      return faults;
    }
    if (new HashSet<>(targetIds).size() < targetIds.size()) {
      faults.add(new Fault("targets", "each target is named once"));
    }
    Set<String> own =
        CustomTargetStore.all(session).stream().map(CustomTarget::id).collect(Collectors.toSet());
    targetIds.stream()
        .filter(id -> !own.contains(id) && catalogue.byId(id).isEmpty())
        .findFirst()
        .ifPresent(id -> faults.add(new Fault("targets", "there is no target '%s'".formatted(id))));
    return faults;
  }
}
