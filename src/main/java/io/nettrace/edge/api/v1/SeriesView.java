package io.nettrace.edge.api.v1;

import io.nettrace.sample.Aggregate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Delay and loss of a target over a range, in buckets of equal length. */
record SeriesView(
    String host,
    String targetId,
    String vantagePoint,
    boolean simulated,
    Instant start,
    Instant end,
    long stepSeconds,
    @Nullable Instant asOf,
    List<?> items) {

  /** All bursts of one bucket together. */
  record PointView(
      Instant start,
      int bursts,
      long sent,
      long received,
      long sendFailures,
      @Nullable Double lossRatio,
      @Nullable Map<String, Double> rttMs) {

    static PointView of(Aggregate aggregate, Percentiles percentiles) {
      return new PointView(
          aggregate.start(),
          aggregate.bursts(),
          aggregate.sent(),
          aggregate.received(),
          aggregate.sendFailures(),
          Ratios.of(aggregate.lossRatio()),
          delays(aggregate, percentiles));
    }
  }

  /** Milliseconds by name: min, mean, the percentiles, max, ipdv, pdv; null without an answer. */
  static @Nullable Map<String, Double> delays(Aggregate aggregate, Percentiles percentiles) {
    if (aggregate.minNanos().isEmpty()) {
      return null;
    }
    Map<String, Double> delays = new LinkedHashMap<>();
    put(delays, "min", aggregate.minNanos());
    put(delays, "mean", aggregate.meanNanos());
    for (BigDecimal percentile : percentiles.all()) {
      put(
          delays,
          Percentiles.word(percentile),
          aggregate.percentileNanos(percentile.doubleValue()));
    }
    put(delays, "max", aggregate.maxNanos());
    put(delays, "ipdv", aggregate.ipdvNanos());
    put(delays, "pdv", aggregate.pdvNanos());
    return delays;
  }

  private static void put(Map<String, Double> delays, String name, OptionalLong nanos) {
    if (nanos.isPresent()) {
      delays.put(name, Millis.of(nanos.getAsLong()));
    }
  }
}
