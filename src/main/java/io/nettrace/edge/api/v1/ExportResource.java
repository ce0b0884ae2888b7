package io.nettrace.edge.api.v1;

import io.nettrace.platform.Service;
import io.nettrace.sample.History;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Selection;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;

/** The bursts of a range as a file, streamed. */
@Path("export/{host}")
@Service
public class ExportResource {
  private static final Duration STANDARD_REACH = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final MediaType CSV = MediaType.valueOf("text/csv;charset=UTF-8");

  private final Targets targets;
  private final Latest latest;
  private final History history;
  private final Clock clock;

  /** In which form. */
  enum Format {
    CSV,
    JSON
  }

  @Inject
  ExportResource(Targets targets, Latest latest, History history, Clock clock) {
    this.targets = targets;
    this.latest = latest;
    this.history = history;
    this.clock = clock;
  }

  @GET
  @Produces({"application/json", "text/csv"})
  public Response export(
      @PathParam("host") String host, @Context UriInfo address, @Context HttpHeaders headers) {
    Query query = Query.of(address, "start", "end", "format", "vantage_point");
    Subject subject = Subject.of(host, query, targets, latest.snapshot());
    Selection selection = Listing.range(query, subject, STANDARD_REACH, clock);
    if (Duration.between(selection.start(), selection.end()).compareTo(LONGEST) > 0) {
      throw Refusals.parameter("start", "must be at most " + LONGEST.toDays() + " days before end");
    }
    Format format = query.choice("format", Format.class).orElseGet(() -> accepted(headers));
    StreamingOutput file =
        out -> {
          BurstFile writer = BurstFile.open(format, out, subject);
          history.stream(selection, writer::write);
          writer.finish();
        };
    return Response.ok(file, format == Format.CSV ? CSV : MediaType.APPLICATION_JSON_TYPE)
        .header("Content-Disposition", disposition(subject, format))
        .header("Cache-Control", Page.ALWAYS_ASK)
        .build();
  }

  private static Format accepted(HttpHeaders headers) {
    for (MediaType type : headers.getAcceptableMediaTypes()) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return Format.JSON;
      }
      if (type.isCompatible(CSV)) {
        return Format.CSV;
      }
    }
    return Format.JSON;
  }

  private static String disposition(Subject subject, Format format) {
    return "attachment; filename=\"%s-%s.%s\""
        .formatted(subject.target().host(), subject.vantagePoint().name(), Words.of(format));
  }
}
