package io.nettrace.sample;

import io.nettrace.metric.DelayHistogram;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Several bursts taken together. Counts, minimum, mean and maximum are exact; percentiles are those
 * of all answered probes, within the histogram's stated error, and never outside minimum and
 * maximum. What has no value (nothing answered) is empty.
 *
 * @param start of the bucket or range that was asked for, whether or not a burst fell on it
 * @param ipdvNanos mean of the bursts' ipdv, each burst that has one counting once; the packets
 *     between two bursts are no neighbours
 */
public record Aggregate(
    Instant start,
    Instant end,
    int bursts,
    long sent,
    long received,
    long sendFailures,
    OptionalLong minNanos,
    OptionalLong meanNanos,
    OptionalLong maxNanos,
    OptionalLong ipdvNanos,
    DelayHistogram delays) {

  /** Round-trip loss, 0–1; empty when nothing could be sent. */
  public OptionalDouble lossRatio() {
    return sent == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sent - received) / (double) sent);
  }

  /** The delay that {@code percentile} (0–100) of the answered probes do not exceed. */
  public OptionalLong percentileNanos(double percentile) {
    if (minNanos.isEmpty() || maxNanos.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Math.clamp(delays.percentileNanos(percentile), minNanos.getAsLong(), maxNanos.getAsLong()));
  }

  /** 99th percentile minus minimum (RFC 5481), over all bursts together. */
  public OptionalLong pdvNanos() {
    return minNanos.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(percentileNanos(99).orElseThrow() - minNanos.getAsLong());
  }
}
