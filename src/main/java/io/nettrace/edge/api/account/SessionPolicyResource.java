package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.identity.TenantPolicies;
import io.nettrace.identity.TenantPolicy;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem.FieldError;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tenant demands of its people's sessions. */
@Path("tenant/policy")
@Produces("application/json")
@Service
public class SessionPolicyResource {
  private final TenantPolicies policies;

  private record Wish(
      @Nullable Integer idleMinutes,
      @Nullable Integer absoluteMinutes,
      @Nullable Boolean requireSecondFactor) {}

  private record View(long idleMinutes, long absoluteMinutes, boolean requireSecondFactor) {}

  @Inject
  SessionPolicyResource(TenantPolicies policies) {
    this.policies = policies;
  }

  @GET
  @Needs(value = Action.READ_SESSION_POLICY, cost = Cost.UNMETERED)
  public Response one(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    return Bodies.answer(200, view(policies.of(ApiCaller.of(security).tenant().id())));
  }

  /** Holds for running sessions as well. */
  @PUT
  @Consumes("application/json")
  @Needs(value = Action.CHANGE_SESSION_POLICY, cost = Cost.UNMETERED)
  public Response set(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    UUID tenant = caller.tenant().id();
    Wish wish = Bodies.read(body, Wish.class);
    int idle = Bodies.needed("idle_minutes", wish.idleMinutes());
    int absolute = Bodies.needed("absolute_minutes", wish.absoluteMinutes());
    boolean secondFactor = Bodies.needed("require_second_factor", wish.requireSecondFactor());
    TenantPolicy policy =
        new TenantPolicy(Duration.ofMinutes(idle), Duration.ofMinutes(absolute), secondFactor);
    if (!policies.set(caller.actor(), tenant, policy)) {
      throw Bodies.refused(faults(policy));
    }
    return Bodies.answer(200, view(policy));
  }

  private static List<FieldError> faults(TenantPolicy policy) {
    return Stream.of(
            fault("idle_minutes", policy.idle(), TenantPolicy.LEAST_IDLE, TenantPolicy.MOST_IDLE),
            fault(
                "absolute_minutes",
                policy.absolute(),
                TenantPolicy.LEAST_ABSOLUTE,
                TenantPolicy.MOST_ABSOLUTE),
            policy.idle().compareTo(policy.absolute()) <= 0
                ? Optional.<FieldError>empty()
                : Optional.of(
                    new FieldError("idle_minutes", "must not be longer than absolute_minutes")))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<FieldError> fault(
      String field, Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0
        ? Optional.empty()
        : Optional.of(
            new FieldError(
                field, "must be %d to %d".formatted(least.toMinutes(), most.toMinutes())));
  }

  private static View view(TenantPolicy policy) {
    return new View(
        policy.idle().toMinutes(), policy.absolute().toMinutes(), policy.requireSecondFactor());
  }
}
