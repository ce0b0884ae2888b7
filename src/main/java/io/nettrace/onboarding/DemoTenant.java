package io.nettrace.onboarding;

import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Actor;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKind;
import io.nettrace.tenant.Tenants;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The tenant that comes with an installation, so that everything can be tried. */
@Service
public class DemoTenant {
  private static final String PLAN = "enterprise-pro";
  private static final Actor BY = new Actor.System("demo");

  private final Tenants tenants;
  private final TenantPlans plans;
  private final Plans catalogue;
  private final PlanChanges changes;

  @Inject
  DemoTenant(Tenants tenants, TenantPlans plans, Plans catalogue, PlanChanges changes) {
    this.tenants = tenants;
    this.plans = plans;
    this.catalogue = catalogue;
    this.changes = changes;
  }

  /** After plans were read, and before it gets its key. An operator's choice of plan stays. */
  void begin(@Observes @Priority(StartPhase.FOLLOW) DatabaseReady ready) {
    Tenant demo = tenants.ensure(BY, Tenant.DEMO, "demo", "Demo", TenantKind.DEMO);
    if (plans.history(demo.id()).isEmpty()) {
      catalogue.byName(PLAN).ifPresent(plan -> changes.assign(BY, demo, plan));
    }
  }
}
