package io.nettrace.onboarding;

import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Service;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.util.Optional;

/** Puts a tenant on a plan, with what follows from it for where the tenant's data is kept. */
@Service
public class PlanChanges {
  private final TenantPlans plans;
  private final Tenants tenants;

  @Inject
  PlanChanges(TenantPlans plans, Tenants tenants) {
    this.plans = plans;
    this.tenants = tenants;
  }

  /** Whoever has targets of their own, and so a record of their own, gets a login of their own. */
  public void assign(Tenant tenant, Plan plan, String by) {
    plans.assign(tenant.id(), plan, by);
    if (plan.has(Entitlement.CUSTOM_TARGETS)) {
      Optional<Tenant> _ = tenants.isolate(tenant.id());
    }
  }
}
