package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.Open;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The plans there are, and the caller's own. */
@Path("")
@Produces("application/json")
@Service
public class PlansResource {
  private final Plans plans;

  private record EntitlementView(String name, String what, boolean coming) {}

  private record View(
      String name,
      String title,
      long centsPerMonth,
      long callsPerDay,
      boolean unlimited,
      int requestsPerSecond,
      int burst,
      int concurrentRequests,
      long historyHours,
      int customTargets,
      long fastestIntervalSeconds,
      int packetsPerMinute,
      int keys,
      int members,
      List<EntitlementView> entitlements) {}

  private record Listed(List<View> items) {}

  @Inject
  PlansResource(Plans plans) {
    this.plans = plans;
  }

  /** From the smallest to the largest; each includes the one before. */
  @GET
  @Path("plans")
  @Open
  public Response list(@Context UriInfo address) {
    QueryParameters.of(address);
    return Bodies.answer(200, new Listed(plans.all().stream().map(this::view).toList()));
  }

  @GET
  @Path("plan")
  @Needs(value = Action.READ_USAGE, cost = Cost.UNMETERED)
  public Response own(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    return Bodies.answer(200, view(ApiCaller.of(security).plan()));
  }

  private View view(Plan plan) {
    return new View(
        plan.name(),
        plan.title(),
        plan.centsPerMonth(),
        plan.callsPerDay(),
        plan.unlimited(),
        plan.requestsPerSecond(),
        plan.burst(),
        plan.concurrentRequests(),
        plan.history().toHours(),
        plan.customTargets(),
        plan.fastestInterval().toSeconds(),
        plan.packetsPerMinute(),
        plan.keys(),
        plan.members(),
        plan.entitlements().stream()
            .sorted()
            .map(
                one -> new EntitlementView(ConstantNames.of(one), one.words(), plans.isComing(one)))
            .toList());
  }
}
