package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Needs;
import io.nettrace.edge.api.http.Page;
import io.nettrace.edge.api.http.Query;
import io.nettrace.edge.api.http.Words;
import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;
import io.nettrace.platform.Service;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.History;
import io.nettrace.sample.LastHour;
import io.nettrace.sample.Latest;
import io.nettrace.sample.Selection;
import io.nettrace.sample.Snapshot;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import io.nettrace.target.Target;
import io.nettrace.target.Targets;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
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

  private final Targets targets;
  private final Latest latest;
  private final History history;
  private final Clock clock;

  /** A target's value, and from how much it was had. */
  private record Ranked(
      Target target, Standing standing, double value, LatencyView.LastHourView basis) {}

  private record Entry(
      int rank,
      String host,
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
      List<Entry> rankings) {}

  @Inject
  RankingsResource(Targets targets, Latest latest, History history, Clock clock) {
    this.targets = targets;
    this.latest = latest;
    this.history = history;
    this.clock = clock;
  }

  @GET
  @Needs(value = Permission.READ_MEASUREMENTS, plan = Entitlement.RANKINGS)
  public Response rank(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch, @Context UriInfo address) {
    Query query =
        Query.of(address, "category", "metric", "limit", "vantage_point", "start", "end", "as_of");
    Metric metric = Metric.of(query);
    int limit = query.integer("limit", MOST, 1, MOST);
    Snapshot snapshot = latest.snapshot();
    Optional<VantagePoint> from = Subject.vantagePoint(query, snapshot);
    Optional<Range> range = range(query, metric);
    Optional<Instant> asOf = query.asOf(clock);
    List<Ranked> ranked =
        from.stream()
            .flatMap(
                point ->
                    Categories.chosen(query, targets)
                        .flatMap(target -> snapshot.standing(target.id(), point).stream()))
            .flatMap(
                standing ->
                    range.isPresent()
                        ? overRange(standing, range.get(), asOf, metric)
                        : lastHour(standing, metric))
            .sorted(Comparator.comparingDouble(Ranked::value))
            .limit(limit)
            .toList();
    Body body =
        new Body(
            metric.word(),
            metric.unit(),
            from.map(VantagePoint::name).orElse(null),
            from.map(VantagePoint::simulated).orElse(null),
            range.map(Range::start).orElse(null),
            range.map(Range::end).orElse(null),
            entries(ranked));
    return new Page(body).answer(ifNoneMatch);
  }

  /** Empty when memory has the answer. */
  private Optional<Range> range(Query query, Metric metric) {
    boolean asked =
        Stream.of("start", "end", "as_of").anyMatch(name -> query.text(name).isPresent());
    return asked || !metric.isInLastHour()
        ? Optional.of(Range.of(query, HOUR, clock))
        : Optional.empty();
  }

  private Stream<Ranked> lastHour(Standing standing, Metric metric) {
    return standing.lastHour().stream()
        .flatMap(hour -> ranked(standing, metric.of(hour), LatencyView.LastHourView.of(hour)));
  }

  private Stream<Ranked> overRange(
      Standing standing, Range range, Optional<Instant> asOf, Metric metric) {
    Selection selection =
        new Selection(
            standing.targetId(), standing.vantagePoint().name(), range.start(), range.end());
    return history.summary(selection, asOf).stream()
        .flatMap(all -> ranked(standing, metric.of(all), basis(all)));
  }

  private Stream<Ranked> ranked(
      Standing standing, OptionalDouble value, LatencyView.LastHourView basis) {
    return value.isEmpty()
        ? Stream.empty()
        : targets.byId(standing.targetId()).stream()
            .map(target -> new Ranked(target, standing, value.getAsDouble(), basis));
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
            all.percentileNanos(99)));
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
              r.target().name(),
              r.target().category().word(),
              r.value(),
              r.standing().burst().map(b -> Words.of(b.method())).orElse(null),
              r.standing().burst().map(b -> Words.of(b.mode())).orElse(null),
              r.standing().stale(),
              r.basis()));
    }
    return entries;
  }
}
