package io.nettrace.edge.api.v1;

import io.nettrace.sample.Aggregate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Series of several targets on the same times: the n-th value of each belongs to the n-th start. A
 * null is a bucket without an answer, or without a burst.
 */
record AlignedView(
    Instant start, Instant end, long stepSeconds, List<Instant> starts, List<LineView> lines) {

  /** One target's values. */
  record LineView(
      String host,
      String targetId,
      Map<String, List<@Nullable Double>> rttMs,
      List<@Nullable Double> lossRatio) {}

  static AlignedView of(
      Range range,
      long stepSeconds,
      Map<ShownTarget, List<Aggregate>> byTarget,
      Percentiles percentiles) {
    SortedSet<Instant> times = new TreeSet<>();
    byTarget.values().forEach(series -> series.forEach(bucket -> times.add(bucket.start())));
    List<Instant> starts = List.copyOf(times);
    List<LineView> lines =
        byTarget.entrySet().stream()
            .map(target -> line(target.getKey(), target.getValue(), starts, percentiles))
            .toList();
    return new AlignedView(range.start(), range.end(), stepSeconds, starts, lines);
  }

  private static LineView line(
      ShownTarget target, List<Aggregate> series, List<Instant> starts, Percentiles percentiles) {
    Map<Instant, Aggregate> byStart =
        series.stream().collect(Collectors.toMap(Aggregate::start, bucket -> bucket));
    Map<String, List<@Nullable Double>> delays = new LinkedHashMap<>();
    for (BigDecimal percentile : percentiles.all()) {
      delays.put(Percentiles.word(percentile), new ArrayList<>());
    }
    List<@Nullable Double> losses = new ArrayList<>();
    for (Instant start : starts) {
      @Nullable Aggregate bucket = byStart.get(start);
      losses.add(bucket == null ? null : Ratios.of(bucket.lossRatio()));
      for (BigDecimal percentile : percentiles.all()) {
        delays
            .computeIfAbsent(Percentiles.word(percentile), _ -> new ArrayList<>())
            .add(
                bucket == null
                    ? null
                    : Millis.of(bucket.percentileNanos(percentile.doubleValue())));
      }
    }
    return new LineView(target.host(), target.id(), delays, losses);
  }
}
