package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Signals;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import io.nettrace.testing.AuditEntries;
import io.nettrace.testing.MortalSource;
import io.nettrace.testing.SharedPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A change of plan holds as a whole, wherever the node dies that makes it. */
class PlanChangesIT {
  private static final Plans PLANS = new Plans();
  private static final Plan WITH_TARGETS = PLANS.byName("enterprise-pro").orElseThrow();
  private static final Plan WITHOUT = PLANS.byName("free").orElseThrow();

  private final String url = SharedPostgres.migratedOwnedUrl();
  private final TenantKit kit = new TenantKit(url, Map.of(), Clock.systemUTC());
  private final TargetKit own = new TargetKit(kit);
  private final PlanChanges changes = changes(kit, own);

  private final MortalSource source = new MortalSource(TenantKit.source(url));
  private final TenantKit mortal = new TenantKit(url, source, Map.of(), Clock.systemUTC());
  private final PlanChanges mortalChanges = changes(mortal, new TargetKit(mortal));

  private static PlanChanges changes(TenantKit kit, TargetKit own) {
    return new PlanChanges(
        kit.database,
        new TenantPlans(kit.database, new Signals(kit.database), PLANS),
        own.targets());
  }

  @AfterEach
  void stop() {
    mortal.close();
    kit.close();
  }

  @Test
  void aTenantPutOnAPlanWithoutTargetsIsNotProbedAnyMoreWhereverTheNodeDied() {
    int steps = 0;
    for (boolean died = true; died; steps++) {
      Tenant tenant = kit.tenant("down-" + steps);
      AuditEntries entries = new AuditEntries(kit.database);
      changes.assign(Actors.TEST, tenant, WITH_TARGETS);
      CustomTarget target = target(tenant);
      assertThat(own.scheduled().find(target.id())).isPresent();

      died = dies(steps, tenant, WITHOUT);
      own.heal();

      assertThat(own.scheduled().find(target.id()).isPresent())
          .as("probed, after the node died at step %d", steps)
          .isEqualTo(plan(tenant).equals(WITH_TARGETS));
      assertThat(died || plan(tenant).equals(WITHOUT)).isTrue();
      assertThat(entries.lines())
          .filteredOn(entry -> entry.type().equals("tenant.plan-changed"))
          .as("a change has its entry, and none has the one that was not made")
          .hasSize(plan(tenant).equals(WITHOUT) ? 2 : 1);
    }
    assertThat(steps).isGreaterThan(4);
  }

  @Test
  void aTenantPutOnAPlanWithTargetsIsProbedWhereverTheNodeDied() {
    boolean died = true;
    for (int steps = 0; died; steps++) {
      Tenant tenant = kit.tenant("up-" + steps);
      changes.assign(Actors.TEST, tenant, WITH_TARGETS);
      CustomTarget target = target(tenant);
      changes.assign(Actors.TEST, tenant, WITHOUT);

      died = dies(steps, tenant, WITH_TARGETS);
      own.heal();

      assertThat(own.scheduled().find(target.id()).isPresent())
          .as("probed, after the node died at step %d", steps)
          .isEqualTo(plan(tenant).equals(WITH_TARGETS));
    }
  }

  /** Changes the plan on a node that dies at a step, if it has so many. */
  private boolean dies(int at, Tenant tenant, Plan plan) {
    boolean _ = source.dies((_, _) -> false, () -> mortal.tenants.refresh(tenant.id()));
    return source.dies(
        (step, _) -> step == at, () -> mortalChanges.assign(Actors.TEST, tenant, plan));
  }

  /** As it is written. */
  private Plan plan(Tenant tenant) {
    TenantPlans plans = new TenantPlans(kit.database, new Signals(kit.database), PLANS);
    return PLANS.byName(plans.history(tenant.id()).getFirst().plan()).orElseThrow();
  }

  private CustomTarget target(Tenant tenant) {
    Tenant placed = kit.tenants.find(tenant.id()).orElseThrow();
    TargetDraft draft =
        new TargetDraft(
            "a.example.com",
            443,
            List.of(Protocol.TCP),
            "a",
            List.of(),
            Duration.ofMinutes(1),
            false);
    TargetOutcome outcome =
        own.targets().create(Actors.TEST, placed, TargetKit.AMPLE, draft, "test");
    return ((TargetOutcome.Saved) outcome).target();
  }
}
