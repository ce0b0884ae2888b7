package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.desk.Horizons;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.platform.Service;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.History;
import io.nettrace.sample.Selection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A few targets side by side, in the order asked for; with a step also as aligned series. */
@Path("compare")
@Produces("application/json")
@Service
public class CompareResource {
  private static final int LEAST = 2;
  private static final int MOST = 8;
  private static final Duration STANDARD_REACH = Duration.ofDays(1);

  private final Subjects subjects;
  private final Horizons horizons;
  private final RecordReads reads;
  private final History history;

  private record Body(List<LatencyView> items, @Nullable AlignedView series) {}

  @Inject
  CompareResource(Subjects subjects, Horizons horizons, RecordReads reads, History history) {
    this.subjects = subjects;
    this.horizons = horizons;
    this.reads = reads;
    this.history = history;
  }

  @GET
  @Needs(value = Action.COMPARE, cost = Cost.CALL)
  public Response compare(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    ApiCaller caller = ApiCaller.of(security);
    QueryParameters query =
        QueryParameters.of(
            address,
            "hosts",
            "vantage_point",
            "start",
            "end",
            "step",
            "as_of",
            "method",
            "percentiles");
    List<Subject> compared =
        hosts(query).stream().map(host -> subjects.of(caller, host, query)).toList();
    Optional<String> step = query.text("step");
    if (step.isEmpty()) {
      Formats.refuse(
          query,
          "without a step the targets are compared as they stand now",
          "start",
          "end",
          "as_of",
          "method",
          "percentiles");
    }
    return new CachedAnswer(
            new Body(
                compared.stream().map(LatencyView::of).toList(),
                step.map(text -> series(text, query, caller, compared)).orElse(null)))
        .answer(ifNoneMatch);
  }

  private AlignedView series(
      String step, QueryParameters query, ApiCaller caller, List<Subject> compared) {
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Range range = times.range(query, STANDARD_REACH);
    Optional<Instant> asOf = times.asOf(query);
    Map<ShownTarget, List<Aggregate>> byTarget = new LinkedHashMap<>();
    long seconds = 0;
    for (Subject subject : compared) {
      Selection selection =
          new Selection(
              subject.target().whose(),
              subject.target().id(),
              subject.vantagePoint().name(),
              range.start(),
              range.end(),
              query.choice("method", io.nettrace.metric.Protocol.class));
      Duration length = BucketLength.of(step, selection);
      seconds = length.toSeconds();
      byTarget.put(
          subject.target(),
          reads.read(caller.caller(), () -> history.series(selection, length, asOf)));
    }
    return AlignedView.of(range, seconds, byTarget, Percentiles.of(query));
  }

  private static List<String> hosts(QueryParameters query) {
    List<String> hosts =
        Arrays.stream(query.text("hosts").orElse("").split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .distinct()
            .toList();
    if (hosts.size() < LEAST || hosts.size() > MOST) {
      throw BadRequests.parameter(
          "hosts", "must be %d to %d different hosts, separated by commas".formatted(LEAST, MOST));
    }
    return hosts;
  }
}
