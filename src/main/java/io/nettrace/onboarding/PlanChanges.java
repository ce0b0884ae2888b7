package io.nettrace.onboarding;

import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Service;
import io.nettrace.target.CustomTargets;
import io.nettrace.target.TargetLimits;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;

/** Puts a tenant on a plan, with what follows from it for its data and its targets. */
@Service
public class PlanChanges {
  private final TenantPlans plans;
  private final Tenants tenants;
  private final CustomTargets targets;

  @Inject
  PlanChanges(TenantPlans plans, Tenants tenants, CustomTargets targets) {
    this.plans = plans;
    this.tenants = tenants;
    this.targets = targets;
  }

  /**
   * Whoever has targets of their own, and so a record of their own, gets a database login of their
   * own. Targets of a tenant whose plan has none any more are kept and not measured.
   */
  public void assign(Tenant tenant, Plan plan, String by) {
    boolean custom = plan.has(Entitlement.CUSTOM_TARGETS);
    plans.assign(tenant.id(), plan, by);
    Tenant placed = custom ? tenants.isolate(tenant.id()).orElse(tenant) : tenant;
    targets.entitle(placed, custom);
  }

  /** What a plan allows of a tenant's own targets. */
  public static TargetLimits limits(Plan plan) {
    return new TargetLimits(plan.customTargets(), plan.fastestInterval(), plan.packetsPerMinute());
  }
}
