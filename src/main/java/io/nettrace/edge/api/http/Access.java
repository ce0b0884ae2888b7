package io.nettrace.edge.api.http;

import io.nettrace.desk.Action;
import io.nettrace.desk.Decision;
import io.nettrace.desk.DeniedException;
import io.nettrace.desk.Desk;
import io.nettrace.plan.Admission;
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
 * Guard of one method: its caller is known, within the quota, and allowed by the {@link Desk}; in
 * this order, so that attempts count.
 */
final class Access implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String TICKET = "nettrace.ticket";
  private static final String UNMETERED = "nettrace.unmetered";

  private final Action action;
  private final boolean isMetered;
  private final Desk desk;
  private final Quotas quotas;
  private final UnmeteredCalls unmetered;
  private final Clock clock;

  Access(Needs needs, Desk desk, Quotas quotas, UnmeteredCalls unmetered, Clock clock) {
    // read once: each look at an annotation is a call by a proxy
    this.action = needs.value();
    this.isMetered = needs.cost() == Cost.CALL;
    this.desk = desk;
    this.quotas = quotas;
    this.unmetered = unmetered;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    SecurityContext context = request.getSecurityContext();
    if (!(context.getUserPrincipal() instanceof ApiCaller caller)) {
      throw context instanceof Anonymous stranger ? stranger.refusal() : KeyRefusals.keyMissing();
    }
    if (isMetered) {
      admit(caller.tenant().id(), request);
    } else {
      UUID owner = owner(caller);
      unmetered.enter(owner);
      request.setProperty(UNMETERED, owner);
    }
    if (desk.decide(caller.caller(), action) instanceof Decision.Denied denied) {
      throw new DeniedException(denied);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(UNMETERED) instanceof UUID owner) {
      request.removeProperty(UNMETERED);
      unmetered.leave(owner);
    }
    if (!(request.getSecurityContext().getUserPrincipal() instanceof ApiCaller caller)
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
  private static UUID owner(ApiCaller caller) {
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
}
