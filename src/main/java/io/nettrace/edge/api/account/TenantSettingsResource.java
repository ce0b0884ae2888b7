package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.Versions;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem.FieldError;
import io.nettrace.sample.DefaultVantagePoints;
import io.nettrace.sample.Latest;
import io.nettrace.scan.VantagePoint;
import io.nettrace.tenant.AllowedOrigins;
import io.nettrace.tenant.ReaderSettings;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantSettings;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How the API answers the tenant's readers: from where, and in which browsers' pages. */
@Path("tenant/settings")
@Produces("application/json")
@Service
public class TenantSettingsResource {
  private final TenantSettings settings;
  private final DefaultVantagePoints defaults;
  private final Latest latest;

  private record Wish(
      @Nullable String defaultVantagePoint, @Nullable List<@Nullable String> allowedOrigins) {}

  private record View(
      @Nullable String defaultVantagePoint,
      List<String> allowedOrigins,
      @Nullable String vantagePoint,
      @Nullable String notice,
      @Nullable Instant changedAt,
      @Nullable String changedBy) {}

  @Inject
  TenantSettingsResource(TenantSettings settings, DefaultVantagePoints defaults, Latest latest) {
    this.settings = settings;
    this.defaults = defaults;
    this.latest = latest;
  }

  @GET
  @Needs(value = Action.READ_SETTINGS, cost = Cost.UNMETERED)
  public Response one(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    Tenant tenant = ApiCaller.of(security).tenant();
    return answer(tenant, settings.of(tenant.id()));
  }

  /** Replaces all of it; what is left out is unset. */
  @PUT
  @Consumes("application/json")
  @Needs(value = Action.CHANGE_SETTINGS, cost = Cost.UNMETERED)
  public Response set(
      @HeaderParam("If-Match") @Nullable String ifMatch,
      InputStream body,
      @Context UriInfo address,
      @Context SecurityContext security)
      throws IOException {
    QueryParameters.of(address);
    ApiCaller caller = ApiCaller.of(security);
    Tenant tenant = caller.tenant();
    ReaderSettings before = settings.of(tenant.id());
    int version = Versions.needed(ifMatch, before::version);
    Wish wish = Bodies.read(body, Wish.class);
    List<FieldError> errors = new ArrayList<>();
    Optional<String> point = Optional.ofNullable(wish.defaultVantagePoint());
    if (!point.equals(before.vantagePoint())) {
      point
          .flatMap(defaults::refusal)
          .ifPresent(reason -> errors.add(new FieldError("default_vantage_point", reason)));
    }
    AllowedOrigins origins =
        AllowedOrigins.read(Bodies.needed("allowed_origins", wish.allowedOrigins()));
    if (origins instanceof AllowedOrigins.Bad(var faults)) {
      faults.forEach(
          fault ->
              errors.add(
                  new FieldError("allowed_origins[%d]".formatted(fault.at()), fault.reason())));
    }
    if (!(origins instanceof AllowedOrigins.Good good) || !errors.isEmpty()) {
      throw Bodies.refused(errors);
    }
    String by = caller.session().email().text();
    return answer(
        tenant,
        settings
            .put(caller.actor(), tenant.id(), point, good, OptionalInt.of(version), by)
            .orElseThrow(Versions::stale));
  }

  private Response answer(Tenant tenant, ReaderSettings held) {
    DefaultVantagePoints.Meant meant = defaults.of(Optional.of(tenant), latest.snapshot());
    View view =
        new View(
            held.vantagePoint().orElse(null),
            held.origins(),
            meant.vantagePoint().map(VantagePoint::name).orElse(null),
            meant.notice().orElse(null),
            held.changed().map(ReaderSettings.Change::at).orElse(null),
            held.changed().map(ReaderSettings.Change::by).orElse(null));
    return Response.fromResponse(Bodies.answer(200, view))
        .header("ETag", Versions.tag(held.version()))
        .build();
  }
}
