package io.nettrace.plan;

import io.nettrace.platform.DomainEvent;

/** What happens to plans and quotas. */
public sealed interface PlanEvent extends DomainEvent permits QuotaReached {}
