package io.nettrace.edge.api.v1;

import io.nettrace.platform.Service;
import io.nettrace.sample.LastHour;
import io.nettrace.sample.Latest;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Targets in order of delay or loss over the last hour, the best first. */
@Path("rankings")
@Produces("application/json")
@Service
public class RankingsResource {
  private static final int MOST = 500;

  private final Targets targets;
  private final Latest latest;

  /** What can be ranked by. */
  enum Metric {
    P50,
    P99,
    LOSS;

    /** Empty where the hour does not say. */
    Optional<Double> of(LastHour hour) {
      return switch (this) {
        case P50 -> Optional.ofNullable(Millis.of(hour.p50Nanos()));
        case P99 -> Optional.ofNullable(Millis.of(hour.p99Nanos()));
        case LOSS -> hour.lossRatio();
      };
    }
  }

  private record Ranked(Target target, Standing standing, LastHour hour, double value) {}

  private record Entry(
      int rank,
      String host,
      String name,
      String category,
      double value,
      @Nullable String method,
      @Nullable String mode,
      boolean stale,
      LatencyView.LastHourView lastHour) {}

  private record Body(
      String metric,
      String unit,
      @Nullable String vantagePoint,
      @Nullable Boolean simulated,
      List<Entry> rankings) {}

  @Inject
  RankingsResource(Targets targets, Latest latest) {
    this.targets = targets;
    this.latest = latest;
  }

  @GET
  public Response rank(
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch, @Context UriInfo address) {
    Query query = Query.of(address, "category", "metric", "limit", "vantage_point");
    Metric metric = query.choice("metric", Metric.class).orElse(Metric.P50);
    int limit = query.integer("limit", MOST, 1, MOST);
    Snapshot snapshot = latest.snapshot();
    Optional<VantagePoint> from = Subject.vantagePoint(query, snapshot);
    List<Ranked> ranked =
        Categories.chosen(query, targets)
            .flatMap(target -> ranked(target, from, snapshot, metric))
            .sorted(Comparator.comparingDouble(Ranked::value))
            .limit(limit)
            .toList();
    Body body =
        new Body(
            Words.of(metric),
            metric == Metric.LOSS ? "ratio" : "ms",
            from.map(VantagePoint::name).orElse(null),
            from.map(VantagePoint::simulated).orElse(null),
            entries(ranked));
    return new Page(body).answer(ifNoneMatch);
  }

  private static Stream<Ranked> ranked(
      Target target, Optional<VantagePoint> from, Snapshot snapshot, Metric metric) {
    return from
        .flatMap(point -> snapshot.standing(target.id(), point))
        .flatMap(
            standing ->
                standing
                    .lastHour()
                    .flatMap(
                        hour ->
                            metric
                                .of(hour)
                                .map(value -> new Ranked(target, standing, hour, value))))
        .stream();
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
              LatencyView.LastHourView.of(r.hour())));
    }
    return entries;
  }
}
