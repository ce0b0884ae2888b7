package io.nettrace.edge.api.v1;

import io.nettrace.desk.Action;
import io.nettrace.desk.Horizons;
import io.nettrace.desk.RecordReads;
import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cost;
import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.platform.Service;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.History;
import io.nettrace.sample.LastHour;
import io.nettrace.sample.Selection;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Targets in order of delay or loss, the best first: over the last hour, or over any range. */
@Path("rankings")
@Produces("application/json")
@Service
public class RankingsResource {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST = 500;

  private final Subjects subjects;
  private final Horizons horizons;
  private final RecordReads reads;
  private final History history;

  /** A target's value, and from how much it was had. */
  private record Ranked(
      ShownTarget target, Standing standing, double value, LatencyView.LastHourView basis) {}

  private record Entry(
      int rank,
      String host,
      String targetId,
      String name,
      String category,
      double value,
      @Nullable String method,
      @Nullable String mode,
      boolean stale,
      LatencyView.LastHourView basis) {}

  private record Body(
      String metric,
      String unit,
      @Nullable String vantagePoint,
      @Nullable Boolean simulated,
      @Nullable Instant start,
      @Nullable Instant end,
      List<Entry> items) {}

  @Inject
  RankingsResource(Subjects subjects, Horizons horizons, RecordReads reads, History history) {
    this.subjects = subjects;
    this.horizons = horizons;
    this.reads = reads;
    this.history = history;
  }

  @GET
  @Needs(value = Action.RANK, cost = Cost.CALL)
  public Response rank(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @Context UriInfo address,
      @Context SecurityContext security) {
    QueryParameters query =
        QueryParameters.of(
            address,
            "category",
            "tag",
            "watch_list",
            "metric",
            "limit",
            "vantage_point",
            "start",
            "end",
            "as_of");
    ApiCaller caller = ApiCaller.of(security);
    TimeParameters times = new TimeParameters(horizons.of(caller.caller()));
    Metric metric = Metric.of(query);
    int limit = query.integer("limit", MOST, 1, MOST);
    Optional<VantagePoint> from = subjects.vantagePoint(caller, query);
    Optional<Range> range = range(query, times, metric);
    Optional<Instant> asOf = times.asOf(query);
    List<Subjects.Seen> seen = subjects.seen(caller, query, from);
    Stream<Ranked> values =
        range.isPresent()
            ? reads.read(caller.caller(), () -> overRange(seen, range.get(), asOf, metric)).stream()
            : seen.stream().flatMap(one -> lastHour(one, metric));
    List<Ranked> ranked =
        values.sorted(Comparator.comparingDouble(Ranked::value)).limit(limit).toList();
    Body body =
        new Body(
            metric.word(),
            metric.unit(),
            from.map(VantagePoint::name).orElse(null),
            from.map(VantagePoint::simulated).orElse(null),
            range.map(Range::start).orElse(null),
            range.map(Range::end).orElse(null),
            entries(ranked));
    return new CachedAnswer(body).answer(ifNoneMatch);
  }

  /** Empty when memory has the answer. */
  private static Optional<Range> range(QueryParameters query, TimeParameters times, Metric metric) {
    boolean asked =
        Stream.of("start", "end", "as_of").anyMatch(name -> query.text(name).isPresent());
    return asked || !metric.isInLastHour()
        ? Optional.of(times.range(query, HOUR))
        : Optional.empty();
  }

  private static Stream<Ranked> lastHour(Subjects.Seen seen, Metric metric) {
    return seen.standing().flatMap(Standing::lastHour).stream()
        .flatMap(hour -> ranked(seen, metric.of(hour), LatencyView.LastHourView.of(hour)));
  }

  private List<Ranked> overRange(
      List<Subjects.Seen> seen, Range range, Optional<Instant> asOf, Metric metric) {
    return seen.stream().flatMap(one -> overRange(one, range, asOf, metric)).toList();
  }

  private Stream<Ranked> overRange(
      Subjects.Seen seen, Range range, Optional<Instant> asOf, Metric metric) {
    return seen.standing().stream()
        .map(standing -> standing.vantagePoint().name())
        .map(point -> new Selection(seen.target().id(), point, range.start(), range.end()))
        .flatMap(selection -> history.summary(selection.in(seen.target().whose()), asOf).stream())
        .flatMap(all -> ranked(seen, metric.of(all), basis(all)));
  }

  private static Stream<Ranked> ranked(
      Subjects.Seen seen, OptionalDouble value, LatencyView.LastHourView basis) {
    return value.isEmpty()
        ? Stream.empty()
        : seen.standing().stream()
            .map(standing -> new Ranked(seen.target(), standing, value.getAsDouble(), basis));
  }

  private static LatencyView.LastHourView basis(Aggregate all) {
    return LatencyView.LastHourView.of(
        new LastHour(
            all.start(),
            all.end(),
            all.bursts(),
            all.sent(),
            all.received(),
            all.percentileNanos(50),
            all.percentileNanos(99),
            List.of()));
  }

  /** Equal values share a rank. */
  private static List<Entry> entries(List<Ranked> ranked) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      Ranked r = ranked.get(i);
      boolean tied = i > 0 && ranked.get(i - 1).value() == r.value();
      entries.add(
          new Entry(
              tied ? entries.getLast().rank() : i + 1,
              r.target().host(),
              r.target().id(),
              r.target().name(),
              r.target().category(),
              r.value(),
              r.standing().burst().map(b -> ConstantNames.of(b.method())).orElse(null),
              r.standing().burst().map(b -> ConstantNames.of(b.mode())).orElse(null),
              r.standing().stale(),
              r.basis()));
    }
    return entries;
  }
}
