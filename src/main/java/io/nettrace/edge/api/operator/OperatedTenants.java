package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.edge.api.http.TenantRefusals;
import io.nettrace.onboarding.PlanChanges;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.plan.Usage;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDeletion;
import io.nettrace.tenant.TenantSchemas;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tenants as an operator sees and moves them. */
@Path("tenants")
@Produces("application/json")
@Service
public class OperatedTenants {
  private static final Actor BY = OperatorFilter.ACTOR;
  private static final int LONGEST_BODY = 1 << 12;

  private final Tenants tenants;
  private final TenantDeletion deletion;
  private final TenantPlans plans;
  private final PlanChanges changes;
  private final Plans catalogue;
  private final Usage usage;
  private final TenantSchemas schemas;

  private record PlanRequest(@Nullable String plan) {}

  private record View(
      UUID id,
      String slug,
      String name,
      String kind,
      String state,
      String plan,
      @Nullable Integer cell,
      Instant createdAt,
      @Nullable Instant deletionDue,
      @Nullable String schemaFailure) {}

  private record Listed(List<View> tenants) {}

  private record Detail(View tenant, long callsToday) {}

  @Inject
  OperatedTenants(
      Tenants tenants,
      TenantDeletion deletion,
      TenantPlans plans,
      PlanChanges changes,
      Plans catalogue,
      Usage usage,
      TenantSchemas schemas) {
    this.tenants = tenants;
    this.deletion = deletion;
    this.plans = plans;
    this.changes = changes;
    this.catalogue = catalogue;
    this.usage = usage;
    this.schemas = schemas;
  }

  @GET
  public Response list() {
    Map<UUID, String> failures = schemas.failures();
    return ok(new Listed(tenants.all().stream().map(one -> view(one, failures)).toList()));
  }

  @GET
  @Path("{slug}")
  public Response one(@PathParam("slug") String slug) {
    Tenant tenant = find(slug);
    return ok(new Detail(view(tenant), usage.today(tenant.id()).used()));
  }

  @PUT
  @Path("{slug}/plan")
  public Response plan(@PathParam("slug") String slug, InputStream body) throws IOException {
    Tenant tenant = find(slug);
    String name = ApiJson.read(body.readNBytes(LONGEST_BODY), PlanRequest.class).plan();
    Plan plan =
        catalogue
            .byName(String.valueOf(name))
            .orElseThrow(
                () ->
                    BadRequests.parameter(
                        "plan",
                        "must be one of "
                            + catalogue.all().stream()
                                .map(Plan::name)
                                .collect(Collectors.joining(", "))));
    changes.assign(BY, tenant, plan);
    return ok(view(find(slug)));
  }

  @POST
  @Path("{slug}/suspend")
  public Response suspend(@PathParam("slug") String slug) {
    return moved(slug, tenants.suspend(BY, find(slug).id()));
  }

  @POST
  @Path("{slug}/resume")
  public Response resume(@PathParam("slug") String slug) {
    return moved(slug, tenants.resume(BY, find(slug).id()));
  }

  @POST
  @Path("{slug}/delete")
  public Response delete(@PathParam("slug") String slug) {
    return moved(slug, tenants.delete(BY, find(slug).id()).isPresent());
  }

  @POST
  @Path("{slug}/restore")
  public Response restore(@PathParam("slug") String slug) {
    return moved(slug, tenants.restore(BY, find(slug).id()));
  }

  /** Ends the grace of one that is being deleted. */
  @POST
  @Path("{slug}/erase")
  public Response erase(@PathParam("slug") String slug) {
    Tenant tenant = find(slug);
    if (!deletion.delete(BY, tenant.id())) {
      throw TenantRefusals.wrongState(tenant);
    }
    return Response.noContent().build();
  }

  private Response moved(String slug, boolean moved) {
    Tenant tenant = find(slug);
    if (!moved) {
      throw TenantRefusals.wrongState(tenant);
    }
    return ok(view(tenant));
  }

  private Tenant find(String slug) {
    return tenants.bySlug(slug).orElseThrow(() -> unknown(slug));
  }

  static RefusalException unknown(String slug) {
    return new RefusalException(
        Problem.of(
            "unknown-tenant",
            "No such tenant",
            404,
            "There is no tenant " + slug + "; GET /operator/v1/tenants lists them."));
  }

  private View view(Tenant tenant) {
    return view(tenant, schemas.failures());
  }

  private View view(Tenant tenant, Map<UUID, String> failures) {
    return new View(
        tenant.id(),
        tenant.slug(),
        tenant.name(),
        ConstantNames.of(tenant.kind()),
        ConstantNames.of(tenant.state()),
        plans.of(tenant.id()).name(),
        tenant.placement().map(home -> home.cell()).orElse(null),
        tenant.createdAt(),
        tenant.deletionDue().orElse(null),
        failures.get(tenant.id()));
  }

  private static Response ok(Object view) {
    return Response.ok(ApiJson.bytes(view)).header("Cache-Control", "no-store").build();
  }
}
