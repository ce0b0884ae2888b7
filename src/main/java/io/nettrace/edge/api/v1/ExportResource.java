package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.Query;
import io.nettrace.export.Format;
import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import io.nettrace.platform.Service;
import io.nettrace.sample.Latest;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;

/** The bursts of one target's range as a file, at once. */
@Path("export/{host}")
@Service
public class ExportResource {
  private static final Duration STANDARD_REACH = Duration.ofDays(1);

  private final Targets targets;
  private final Latest latest;
  private final BurstFiles files;

  @Inject
  ExportResource(Targets targets, Latest latest, BurstFiles files) {
    this.targets = targets;
    this.latest = latest;
    this.files = files;
  }

  @GET
  @Needs(value = Permission.READ_MEASUREMENTS, plan = Entitlement.FILE_EXPORT)
  @Produces({
    "application/json",
    "text/csv",
    "application/x-ndjson",
    "application/vnd.apache.parquet"
  })
  public Response export(
      @PathParam("host") String host, @Context UriInfo address, @Context HttpHeaders headers) {
    Query query =
        Query.of(
            address, "start", "end", "as_of", "method", "format", "compression", "vantage_point");
    Subject subject = Subject.of(host, query, targets, latest.snapshot());
    Format format =
        Formats.chosen(query, headers, Format.JSON, Format.CSV, Format.NDJSON, Format.PARQUET);
    return files.answer(query, subject, format, STANDARD_REACH);
  }
}
