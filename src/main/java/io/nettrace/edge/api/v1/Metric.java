package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.sample.Aggregate;
import io.nettrace.sample.LastHour;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What targets can be ranked by: loss, the mean delay, or a percentile of it.
 *
 * @param percentile empty for loss and mean
 */
record Metric(String word, Optional<BigDecimal> percentile) {
  private static final String LOSS = "loss";
  private static final String MEAN = "mean";

  static Metric of(QueryParameters query) {
    String word = query.text("metric").orElse("p50");
    if (word.equals(LOSS) || word.equals(MEAN)) {
      return new Metric(word, Optional.empty());
    }
    if (word.startsWith("p")) {
      try {
        BigDecimal percentile = Percentiles.of(word).all().getFirst();
        return new Metric(Percentiles.word(percentile), Optional.of(percentile));
      } catch (RefusalException e) {
        // refused below, in the words of this parameter
      }
    }
    throw BadRequests.parameter(
        "metric", "must be loss, mean, or a percentile such as p50 or p99.9");
  }

  String unit() {
    return word.equals(LOSS) ? "ratio" : "ms";
  }

  /** Whether the hour that is kept in memory says it. */
  boolean isInLastHour() {
    return word.equals(LOSS) || word.equals("p50") || word.equals("p99");
  }

  /** Empty where the hour does not say. */
  OptionalDouble of(LastHour hour) {
    return switch (word) {
      case "p50" -> millis(hour.p50Nanos());
      case "p99" -> millis(hour.p99Nanos());
      default -> hour.lossRatio().map(OptionalDouble::of).orElse(OptionalDouble.empty());
    };
  }

  /** Empty where nothing was sent, or for delays nothing answered. */
  OptionalDouble of(Aggregate aggregate) {
    if (word.equals(LOSS)) {
      return aggregate.lossRatio();
    }
    return millis(
        percentile.isPresent()
            ? aggregate.percentileNanos(percentile.get().doubleValue())
            : aggregate.meanNanos());
  }

  private static OptionalDouble millis(OptionalLong nanos) {
    return nanos.isPresent()
        ? OptionalDouble.of(Millis.of(nanos.getAsLong()))
        : OptionalDouble.empty();
  }
}
