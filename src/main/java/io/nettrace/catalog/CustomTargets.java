package io.nettrace.catalog;

import io.nettrace.catalog.TargetOutcome.Fault;
import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import io.nettrace.scanner.HostRules;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.hibernate.Session;

/**
 * The endpoints that tenants have measured for themselves. The life of one: it is added, checked
 * and within the plan; scanners hear of it within seconds; it may be paused and changed; it is
 * removed, and what was measured of it stays in the tenant's record.
 */
@Service
public class CustomTargets {
  /** In characters. */
  public static final int LONGEST_NAME = TargetRules.LONGEST_NAME;

  /** Rows of one import. */
  public static final int MOST_ROWS = 1_000;

  private final TenantDatabase walls;
  private final CustomTargetReads reads;
  private final TargetSync sync;
  private final ProbingCost cost;
  private final Clock clock;

  @Inject
  CustomTargets(TenantDatabase walls, TargetSync sync, ProbingCost cost, Clock clock) {
    this.walls = walls;
    this.reads = new CustomTargetReads(walls);
    this.sync = sync;
    this.cost = cost;
    this.clock = clock;
  }

  public Optional<CustomTarget> find(Tenant tenant, String id) {
    return reads.find(tenant, id);
  }

  /** The targets with this host, in any form that may be written, by port. */
  public List<CustomTarget> byHost(Tenant tenant, String host) {
    return switch (HostRules.read(host)) {
      case HostRules.Host.Name(String text) -> ofHost(tenant, text);
      case HostRules.Host.Literal(String text, var _) -> ofHost(tenant, text);
      case HostRules.Host.Refused _ -> List.of();
    };
  }

  private List<CustomTarget> ofHost(Tenant tenant, String host) {
    return reads.byHost(tenant, host);
  }

  /** At most {@code limit} targets by id, behind {@code after} if there is one. */
  public List<CustomTarget> list(Tenant tenant, Optional<String> after, int limit) {
    return reads.page(tenant, after.orElse(""), limit);
  }

  /** All targets, by id. */
  public List<CustomTarget> all(Tenant tenant) {
    return reads.all(tenant);
  }

  /** What is wrong with a draft whatever the plan; empty for one that may be added. */
  public static List<Fault> faults(TargetDraft draft) {
    return switch (TargetRules.check(draft)) {
      case TargetRules.Checked.Sound _ -> List.of();
      case TargetRules.Checked.Faulty(List<Fault> faults) -> faults;
    };
  }

  /**
   * Adds one.
   *
   * @param createdBy who does it, as the tenant's people are told
   */
  public TargetOutcome create(
      Actor by, Tenant tenant, TargetLimits limits, TargetDraft draft, String createdBy) {
    return switch (importAll(by, tenant, limits, List.of(draft), createdBy)) {
      case ImportOutcome.Imported(var targets) -> new TargetOutcome.Saved(targets.getFirst());
      case ImportOutcome.Refused(var rows) -> rows.getFirst().why();
      case ImportOutcome.TooMany _ -> throw new IllegalStateException("one is not too many");
    };
  }

  /**
   * Adds all, or none and says why for each row that cannot be added.
   *
   * @param createdBy who does it, as the tenant's people are told
   */
  public ImportOutcome importAll(
      Actor by, Tenant tenant, TargetLimits limits, List<TargetDraft> drafts, String createdBy) {
    if (drafts.size() > MOST_ROWS) {
      return new ImportOutcome.TooMany(MOST_ROWS);
    }
    List<TargetDraft> sound = new ArrayList<>();
    List<ImportOutcome.Row> refused = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      switch (TargetRules.check(drafts.get(i))) {
        case TargetRules.Checked.Sound(TargetDraft draft) -> sound.add(draft);
        case TargetRules.Checked.Faulty(List<Fault> faults) ->
            refused.add(new ImportOutcome.Row(i, new TargetOutcome.Invalid(faults)));
      }
    }
    if (!refused.isEmpty()) {
      return new ImportOutcome.Refused(refused);
    }
    return changing(
        tenant,
        tx -> add(by, tx, tenant, limits, sound, createdBy),
        outcome -> outcome instanceof ImportOutcome.Imported);
  }

  /** What {@link #importAll} would say to each row, and what measuring all would take. */
  public TargetEstimate estimate(Tenant tenant, TargetLimits limits, List<TargetDraft> drafts) {
    List<CustomTarget> present = all(tenant);
    TargetBudget budget = new TargetBudget(limits, cost, present);
    long before = budget.packetsPerMinute();
    List<ImportOutcome.Row> refused = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      int row = i;
      Optional<TargetOutcome> objection =
          switch (TargetRules.check(drafts.get(i))) {
            case TargetRules.Checked.Sound(TargetDraft draft) -> budget.add(target(draft, ""));
            case TargetRules.Checked.Faulty(List<Fault> faults) ->
                Optional.of(new TargetOutcome.Invalid(faults));
          };
      objection.ifPresent(why -> refused.add(new ImportOutcome.Row(row, why)));
    }
    return new TargetEstimate(present.size(), before, budget.packetsPerMinute(), refused);
  }

  private ImportOutcome add(
      Actor by,
      Tx tx,
      Tenant tenant,
      TargetLimits limits,
      List<TargetDraft> drafts,
      String createdBy)
      throws SQLException {
    Session session = tx.entities();
    CustomTargetStore.lock(session);
    TargetBudget budget = new TargetBudget(limits, cost, CustomTargetStore.all(session));
    List<CustomTarget> added = new ArrayList<>();
    List<ImportOutcome.Row> refused = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      CustomTarget target = target(drafts.get(i), createdBy);
      Optional<TargetOutcome> objection = budget.add(target);
      if (objection.isPresent()) {
        refused.add(new ImportOutcome.Row(i, objection.get()));
      }
      added.add(target);
    }
    if (!refused.isEmpty()) {
      return new ImportOutcome.Refused(refused);
    }
    for (CustomTarget target : added) {
      CustomTargetStore.insert(session, target);
    }
    for (CustomTarget target : added) {
      tx.audit(by, entry(TargetAct.ADDED, tenant, target));
    }
    return new ImportOutcome.Imported(added);
  }

  private CustomTarget target(TargetDraft draft, String createdBy) {
    Instant now = clock.instant();
    return new CustomTarget(
        CustomTarget.PREFIX + TimeOrderedId.at(now),
        draft.host(),
        draft.port(),
        draft.methods(),
        draft.name(),
        draft.tags(),
        draft.burstEvery(),
        draft.paused(),
        now.truncatedTo(ChronoUnit.MICROS),
        createdBy,
        1);
  }

  /** Says everything but host and port anew, if nobody did since {@code version}. */
  public TargetOutcome replace(
      Actor by, Tenant tenant, TargetLimits limits, String id, int version, TargetDraft draft) {
    return switch (TargetRules.check(draft)) {
      case TargetRules.Checked.Faulty(List<Fault> faults) -> new TargetOutcome.Invalid(faults);
      case TargetRules.Checked.Sound(TargetDraft sound) ->
          changing(
              tenant,
              tx -> replace(by, tx, tenant, limits, id, version, sound),
              outcome -> outcome instanceof TargetOutcome.Saved);
    };
  }

  private TargetOutcome replace(
      Actor by,
      Tx tx,
      Tenant tenant,
      TargetLimits limits,
      String id,
      int version,
      TargetDraft draft)
      throws SQLException {
    Session session = tx.entities();
    CustomTargetStore.lock(session);
    List<CustomTarget> all = CustomTargetStore.all(session);
    Optional<CustomTarget> found = all.stream().filter(one -> one.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      return new TargetOutcome.Missing();
    }
    CustomTarget before = found.get();
    if (before.version() != version) {
      return new TargetOutcome.Stale(before.version());
    }
    if (!before.host().equals(draft.host()) || before.port() != draft.port()) {
      return new TargetOutcome.Invalid(
          List.of(new Fault("host", "host and port say which target it is; add another instead")));
    }
    CustomTarget after =
        new CustomTarget(
            id,
            before.host(),
            before.port(),
            draft.methods(),
            draft.name(),
            draft.tags(),
            draft.burstEvery(),
            draft.paused(),
            before.createdAt(),
            before.createdBy(),
            version + 1);
    TargetBudget budget =
        new TargetBudget(limits, cost, all.stream().filter(one -> !one.id().equals(id)).toList());
    Optional<TargetOutcome> objection = budget.keep(after);
    if (objection.isPresent()) {
      return objection.get();
    }
    CustomTargetStore.update(session, after);
    tx.audit(
        by,
        entry(TargetAct.CHANGED, tenant, after)
            .with("interval_seconds", after.burstEvery().toSeconds())
            .with("paused", after.paused())
            .with("version", after.version()));
    return new TargetOutcome.Saved(after);
  }

  /** Ends its being measured; of any version when none is given. */
  public TargetOutcome remove(Actor by, Tenant tenant, String id, OptionalInt version) {
    return changing(
        tenant,
        tx -> {
          Session session = tx.entities();
          CustomTargetStore.lock(session);
          Optional<CustomTarget> found = CustomTargetStore.find(session, id);
          if (found.isEmpty()) {
            return new TargetOutcome.Missing();
          }
          if (version.isPresent() && version.getAsInt() != found.get().version()) {
            return new TargetOutcome.Stale(found.get().version());
          }
          CustomTargetStore.delete(session, id);
          tx.audit(by, entry(TargetAct.REMOVED, tenant, found.get()));
          return new TargetOutcome.Removed();
        },
        outcome -> outcome instanceof TargetOutcome.Removed);
  }

  /**
   * Has scanners measure the tenant's targets, or none of them when its plan has no such targets
   * any more; once {@code tx} is committed, and then in any case. To be called when a plan changes.
   */
  public void entitle(Tx tx, Tenant tenant, boolean entitled) throws SQLException {
    TargetSync.Mark mark = sync.mark(tx, tenant, entitled);
    tx.afterCommit(() -> sync.settle(tenant.id(), mark, entitled));
  }

  private static AuditEntry entry(TargetAct act, Tenant tenant, CustomTarget target) {
    return AuditEntry.of(act, tenant.id(), target.id())
        .with("host", target.host())
        .with("port", target.port());
  }

  /** The mark outlives a crash, so what was committed reaches the scanners in any case. */
  private <T> T changing(Tenant tenant, Tx.Work<T> change, Predicate<T> changed) {
    TargetSync.Mark mark = sync.mark(tenant);
    T outcome = walls.transaction(tenant, change);
    if (changed.test(outcome)) {
      sync.finish(tenant, mark);
    } else {
      sync.forget(mark);
    }
    return outcome;
  }
}
