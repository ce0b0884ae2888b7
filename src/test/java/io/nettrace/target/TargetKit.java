package io.nettrace.target;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Signals;
import io.nettrace.tenant.NoTenants;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tenants' targets for tests of other components. */
public record TargetKit(Database database, Tenants tenants, TenantDatabase walls) {

  /** Nobody has any. */
  public static ScheduledTargets nothingScheduled(Database database) {
    return new ScheduledTargets(database, new NoTenants(database).tenants(), new Signals(database));
  }

  /** As the signal has it read. */
  public ScheduledTargets scheduled() {
    ScheduledTargets scheduled = new ScheduledTargets(database, tenants, new Signals(database));
    scheduled.load();
    return scheduled;
  }

  public TargetSync sync() {
    return new TargetSync(
        database, walls, tenants, new Signals(database), new Chores(database), Clock.systemUTC());
  }

  public CustomTargets targets() {
    return new CustomTargets(walls, sync(), every -> 600.0 / every.toSeconds(), Clock.systemUTC());
  }

  public static Schedule schedule(List<ScheduledTarget> targets) {
    return new Schedule(
        targets.stream().collect(Collectors.toMap(ScheduledTarget::targetId, Function.identity())));
  }
}
