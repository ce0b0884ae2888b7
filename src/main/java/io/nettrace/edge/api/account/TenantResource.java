package io.nettrace.edge.api.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.edge.api.http.TenantRefusals;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.PersonName;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import io.nettrace.tenant.SpooledExports;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantExport;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tenant itself: its name, everything it owns as one file, and its end. */
@Path("tenant")
@Produces("application/json")
@Service
public class TenantResource {
  private static final int EXPORT_RETRY_SECONDS = 15;

  private final Tenants tenants;
  private final SpooledExports exports;

  private record Change(@Nullable String name) {}

  @Inject
  TenantResource(Tenants tenants, SpooledExports exports) {
    this.tenants = tenants;
    this.exports = exports;
  }

  @GET
  @Needs(value = Action.READ_TENANT, cost = Cost.UNMETERED)
  public Response one(@Context SecurityContext security, @Context UriInfo address) {
    QueryParameters.of(address);
    return Bodies.answer(200, TenantView.of(ApiCaller.of(security).tenant()));
  }

  @PATCH
  @Consumes("application/json")
  @Needs(value = Action.RENAME_TENANT, cost = Cost.UNMETERED)
  public Response rename(InputStream body, @Context SecurityContext security) throws IOException {
    ApiCaller caller = ApiCaller.of(security);
    Tenant tenant = caller.tenant();
    String typed = Bodies.needed("name", Bodies.read(body, Change.class).name());
    switch (PersonName.parse(typed)) {
      case Parsed.Valid<PersonName>(PersonName name) ->
          tenants.rename(caller.actor(), tenant.id(), name.text());
      case Parsed.Invalid<PersonName>(String reason) ->
          throw Bodies.refused(List.of(new FieldError("name", reason)));
    }
    return Bodies.answer(200, view(tenant));
  }

  /** A ZIP with a file for each table and a manifest with the SHA-256 of each. */
  @GET
  @Path("export")
  @Produces("application/zip")
  @Needs(value = Action.EXPORT_TENANT, cost = Cost.UNMETERED)
  public Response export(@Context SecurityContext security, @Context UriInfo address) {
    Tenant tenant = ApiCaller.of(security).tenant();
    TenantExport.Form form =
        QueryParameters.of(address, "format")
            .choice("format", TenantExport.Form.class)
            .orElse(TenantExport.Form.NDJSON);
    SpooledExports.Spooled spooled =
        exports.spool(tenant, form).orElseThrow(TenantResource::exportRunning);
    StreamingOutput file = spooled::sendTo;
    return Response.ok(file, "application/zip")
        .header("Content-Length", spooled.bytes())
        .header("Cache-Control", "no-store")
        .header(
            "Content-Disposition", "attachment; filename=\"nettrace-" + tenant.slug() + ".zip\"")
        .build();
  }

  private static RefusalException exportRunning() {
    return new RefusalException(
        Problem.of(
                "tenant-export-running",
                "An export runs already",
                429,
                "A tenant is exported once at a time, and few tenants at once; ask again when it is"
                    + " done.")
            .retryAfter(EXPORT_RETRY_SECONDS));
  }

  /** The data goes when the grace is over; until then it can be brought back. */
  @DELETE
  @Needs(value = Action.DELETE_TENANT, cost = Cost.UNMETERED)
  public Response delete(@Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    Tenant tenant = caller.tenant();
    if (tenants.delete(caller.actor(), tenant.id()).isEmpty()) {
      throw TenantRefusals.wrongState(tenant);
    }
    return Bodies.answer(202, view(tenant));
  }

  @POST
  @Path("restore")
  @Needs(value = Action.RESTORE_TENANT, cost = Cost.UNMETERED)
  public Response restore(@Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    Tenant tenant = caller.tenant();
    if (!tenants.restore(caller.actor(), tenant.id())) {
      throw TenantRefusals.wrongState(tenant);
    }
    return Bodies.answer(200, view(tenant));
  }

  private TenantView view(Tenant before) {
    return TenantView.of(tenants.find(before.id()).orElse(before));
  }
}
