package io.nettrace.edge.api.operator;

import io.nettrace.edge.api.http.ApiJson;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.platform.Service;
import io.nettrace.scan.ParkedOfTenant;
import io.nettrace.scan.ParkedParts;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Measurements that wait for a tenant's schema, by tenant. */
@Path("parked")
@Produces("application/json")
@Service
public class OperatedParked {
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST_LIMIT = 1000;

  private final ParkedParts parked;

  private record View(
      UUID tenantId,
      long deliveries,
      long measurements,
      long bytes,
      Instant oldestParkedAt,
      String reason) {}

  private record Listed(List<View> items) {}

  @Inject
  OperatedParked(ParkedParts parked) {
    this.parked = parked;
  }

  /** The tenant whose oldest measurement has waited longest first. */
  @GET
  public Response list(@Context UriInfo address) {
    int most = QueryParameters.of(address, "limit").integer("limit", STANDARD_LIMIT, 1, MOST_LIMIT);
    List<View> views = parked.byTenant().stream().limit(most).map(OperatedParked::view).toList();
    return Response.ok(ApiJson.bytes(new Listed(views)))
        .header("Cache-Control", "no-store")
        .build();
  }

  private static View view(ParkedOfTenant one) {
    return new View(
        one.tenantId(), one.parts(), one.measurements(), one.bytes(), one.oldest(), one.reason());
  }
}
