package io.nettrace.edge.api.http;

import io.nettrace.identity.Permission;
import io.nettrace.identity.Session;
import io.nettrace.plan.Admission;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plans;
import io.nettrace.plan.QuotaState;
import io.nettrace.plan.Quotas;
import io.nettrace.plan.Ticket;
import io.nettrace.tenant.Tenant;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Whether a caller may call one method: known at all, within its quota, allowed by role or key, and
 * by plan; in this order, so that attempts count. What is not asked for is denied.
 */
final class Access implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String TICKET = "nettrace.ticket";
  private static final String UNMETERED = "nettrace.unmetered";

  private final Permission[] permissions;
  private final Entitlement[] entitlements;
  private final boolean isMetered;
  private final boolean person;
  private final boolean stepUp;
  private final boolean whileSuspended;
  private final Plans plans;
  private final Quotas quotas;
  private final UnmeteredCalls unmetered;
  private final Clock clock;

  Access(Needs needs, Plans plans, Quotas quotas, UnmeteredCalls unmetered, Clock clock) {
    this.unmetered = unmetered;
    // read once: each look at an annotation is a call by a proxy
    this.permissions = needs.value();
    this.entitlements = needs.plan();
    this.isMetered = needs.cost() == Cost.CALL;
    this.person = needs.person();
    this.stepUp = needs.stepUp();
    this.whileSuspended = needs.whileSuspended();
    this.plans = plans;
    this.quotas = quotas;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    SecurityContext context = request.getSecurityContext();
    if (!(context.getUserPrincipal() instanceof Caller caller)) {
      throw context instanceof Anonymous stranger ? stranger.refusal() : KeyRefusals.keyMissing();
    }
    if (isMetered) {
      admit(caller.tenant().id(), request);
    } else {
      UUID owner = owner(caller);
      unmetered.enter(owner);
      request.setProperty(UNMETERED, owner);
    }
    switch (caller.credential()) {
      case Caller.Credential.Key _ -> {
        if (person) {
          throw AccessRefusals.personNeeded();
        }
      }
      case Caller.Credential.Person(Session session) -> check(caller, session);
    }
    check(caller);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(UNMETERED) instanceof UUID owner) {
      request.removeProperty(UNMETERED);
      unmetered.leave(owner);
    }
    if (!(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)
        || !isMetered
        || caller.actsFor().isEmpty()) {
      return;
    }
    if (request.getProperty(TICKET) instanceof Ticket ticket) {
      // an answer that the client had already, and a fault of ours, cost nothing
      ticket.done(response.getStatus() != 304 && response.getStatus() < 500);
    }
    QuotaState state = quotas.state(caller.tenant().id());
    RateLimitHeaders.put(response.getHeaders(), state);
  }

  /** The tenant, or the person who acts for none. */
  private static UUID owner(Caller caller) {
    return caller
        .actsFor()
        .map(Tenant::id)
        .or(caller::accountId)
        .orElseThrow(KeyRefusals::keyMissing);
  }

  private void admit(UUID tenantId, ContainerRequestContext request) {
    switch (quotas.admit(tenantId)) {
      case Admission.Admitted(Ticket ticket) -> request.setProperty(TICKET, ticket);
      case Admission.DailyExhausted(long limit, Instant resetAt) ->
          throw AccessRefusals.dailyExhausted(limit, resetAt, clock.instant());
      case Admission.TooFast(long retryAfterMillis) ->
          throw AccessRefusals.tooFast(retryAfterMillis);
      case Admission.TooManyAtOnce(int limit) -> throw AccessRefusals.tooManyAtOnce(limit);
      case Admission.Unavailable _ -> throw AccessRefusals.ledgerAway();
    }
  }

  private void check(Caller caller, Session session) {
    boolean forTenant = permissions.length > 0;
    if (forTenant && session.secondFactorMissing()) {
      throw AccessRefusals.secondFactorNeeded();
    }
    if (forTenant && !caller.tenant().state().isServed() && !whileSuspended) {
      throw TenantRefusals.notServed(caller.tenant());
    }
    if (stepUp && !session.isSteppedUp(clock.instant())) {
      throw AccessRefusals.stepUpNeeded();
    }
  }

  private void check(Caller caller) {
    for (Permission permission : permissions) {
      if (!caller.may(permission)) {
        throw AccessRefusals.permission(permission);
      }
    }
    for (Entitlement entitlement : entitlements) {
      if (!caller.plan().has(entitlement)) {
        throw AccessRefusals.entitlement(
            entitlement, caller.plan(), plans.cheapestWith(entitlement));
      }
    }
  }
}
