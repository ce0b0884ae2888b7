package io.nettrace.catalog;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.platform.job.DueJobs;
import io.nettrace.platform.job.Jobs;
import io.nettrace.tenant.NoTenants;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantChanged;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tenants' targets for tests of other components. */
public final class TargetKit {
  /** A plan that bounds nothing that a test does. */
  public static final TargetLimits AMPLE = new TargetLimits(100, Duration.ofSeconds(1), 1_000_000);

  private final TenantKit kit;
  private final MovableClock clock = new MovableClock(Instant.now());

  public TargetKit(TenantKit kit) {
    this.kit = kit;
  }

  /** Nobody has any. */
  public static ScheduledTargets nothingScheduled(Database database) {
    return new ScheduledTargets(database, new NoTenants(database).tenants(), new Signals(database));
  }

  /** As a node has them that was just told. */
  public ScheduledTargets scheduled() {
    ScheduledTargets scheduled =
        new ScheduledTargets(kit.database, kit.tenants, new Signals(kit.database));
    scheduled.load();
    return scheduled;
  }

  /** What the container has done when a tenant changed. */
  public static void tell(ScheduledTargets scheduled, Tenant tenant) {
    scheduled.changed(new TenantChanged(tenant));
  }

  public TargetSync sync() {
    return sync(jobs());
  }

  private Jobs jobs() {
    return new Jobs(kit.database, new Chores(kit.database), clock);
  }

  private TargetSync sync(Jobs jobs) {
    return new TargetSync(
        kit.database, kit.walls, kit.tenants, new Signals(kit.database), jobs, clock);
  }

  /** So that one mark comes after another. */
  public void pass(Duration time) {
    clock.advance(time);
  }

  /** Runs the jobs that are due {@code later} on a node that was just started, and its chore. */
  public int sync(Duration later) {
    clock.moveTo(Instant.now().plus(later));
    Jobs jobs = jobs();
    TargetSync sync = sync(jobs);
    sync.begin(new DatabaseReady(), new Chores(kit.database));
    sync.enqueueLeft();
    int run = DueJobs.run(jobs);
    clock.moveTo(Instant.now());
    return run;
  }

  /** Copies what dead nodes left, as if they had been dead for long. */
  public void heal() {
    int _ =
        kit.database.run(
            Sql.of(
                    "update platform.tenant_target_syncs set marked_at = marked_at - interval '1"
                        + " hour'")
                ::update);
    int _ = sync(Duration.ofHours(1));
  }

  /** A burst of ten packets and nothing else is what a target costs. */
  public CustomTargets targets() {
    return new CustomTargets(
        kit.walls, sync(), every -> 600.0 / every.toSeconds(), Clock.systemUTC());
  }

  public WatchLists watchLists() {
    return new WatchLists(kit.walls, new Targets(Optional.empty()), Clock.systemUTC());
  }

  public static Schedule schedule(List<ScheduledTarget> targets) {
    return new Schedule(
        targets.stream().collect(Collectors.toMap(ScheduledTarget::targetId, Function.identity())));
  }
}
