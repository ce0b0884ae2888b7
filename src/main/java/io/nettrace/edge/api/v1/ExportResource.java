package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.export.Format;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;

/** The bursts of one target's range as a file, at once. */
@Path("export/{host}")
@Service
public class ExportResource {
  private static final Duration STANDARD_REACH = Duration.ofDays(1);

  private final Subjects subjects;
  private final BurstFiles files;

  @Inject
  ExportResource(Subjects subjects, BurstFiles files) {
    this.subjects = subjects;
    this.files = files;
  }

  @GET
  @Needs(value = Action.DOWNLOAD_MEASUREMENTS, cost = Cost.CALL)
  @Produces({
    "application/json",
    "text/csv",
    "application/x-ndjson",
    "application/vnd.apache.parquet"
  })
  public Response export(
      @PathParam("host") String host,
      @Context UriInfo address,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    QueryParameters query =
        QueryParameters.of(
            address, "start", "end", "as_of", "method", "format", "compression", "vantage_point");
    Subject subject = subjects.of(caller, host, query);
    Format format =
        Formats.chosen(query, headers, Format.JSON, Format.CSV, Format.NDJSON, Format.PARQUET);
    return files.answer(caller, query, subject, format, STANDARD_REACH);
  }
}
