package io.nettrace.onboarding;

import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.TargetLimits;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;

/** Puts a tenant on a plan, with what follows from it for its data and its targets. */
@Service
public class PlanChanges {
  private final Database database;
  private final TenantPlans plans;
  private final CustomTargets targets;

  @Inject
  PlanChanges(Database database, TenantPlans plans, CustomTargets targets) {
    this.database = database;
    this.plans = plans;
    this.targets = targets;
  }

  /**
   * A tenant that has targets of its own, and so a record of its own, gets a database login of its
   * own. Targets of a tenant whose plan has none any more are kept and not measured. A node that
   * dies in the middle has changed nothing; one that dies after the commit has another finish it.
   */
  public void assign(Actor by, Tenant tenant, Plan plan) {
    boolean _ =
        database.transaction(
            tx -> {
              plans.assign(by, tx, tenant.id(), plan);
              targets.entitle(tx, tenant, plan.has(Entitlement.CUSTOM_TARGETS));
              return true;
            });
  }

  /** What a plan allows of a tenant's own targets. */
  public static TargetLimits limits(Plan plan) {
    return new TargetLimits(plan.customTargets(), plan.fastestInterval(), plan.packetsPerMinute());
  }
}
