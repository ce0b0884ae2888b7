package io.nettrace.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The delays of one burst's answered probes. Percentiles are exact, by nearest rank over the
 * answers, and so conditional on an answer (RFC 8912): read them beside the loss.
 *
 * @param ipdvNanos mean absolute difference of consecutive answered probes (RFC 3393, selection
 *     function "consecutive"); empty when no two neighbours both answered
 * @param pdvNanos 99th percentile minus minimum (RFC 5481)
 */
public record DelaySummary(
    long minNanos,
    long meanNanos,
    long p50Nanos,
    long p90Nanos,
    long p95Nanos,
    long p99Nanos,
    long maxNanos,
    OptionalLong ipdvNanos,
    long pdvNanos) {

  /** Summarises outcomes in sending order; empty when nothing answered. */
  public static Optional<DelaySummary> of(List<ProbeOutcome> outcomes) {
    long[] sorted = outcomes.stream().mapMulti(DelaySummary::delay).mapToLong(d -> d).toArray();
    if (sorted.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(sorted);
    return Optional.of(ofSorted(sorted, ipdv(outcomes)));
  }

  /** Summarises at least one delay, the smallest first. */
  public static DelaySummary ofSorted(long[] sorted, OptionalLong ipdvNanos) {
    long p99 = nearestRank(sorted, 99);
    return new DelaySummary(
        sorted[0],
        Math.round(Arrays.stream(sorted).average().orElseThrow()),
        nearestRank(sorted, 50),
        nearestRank(sorted, 90),
        nearestRank(sorted, 95),
        p99,
        sorted[sorted.length - 1],
        ipdvNanos,
        p99 - sorted[0]);
  }

  private static void delay(ProbeOutcome outcome, java.util.function.Consumer<Long> sink) {
    if (outcome instanceof ProbeOutcome.Replied replied) {
      sink.accept(replied.rttNanos());
    }
  }

  private static long nearestRank(long[] sorted, int percentile) {
    int rank = (int) Math.ceil(percentile / 100.0 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  private static OptionalLong ipdv(List<ProbeOutcome> outcomes) {
    long sum = 0;
    int pairs = 0;
    for (int i = 1; i < outcomes.size(); i++) {
      if (outcomes.get(i - 1) instanceof ProbeOutcome.Replied before
          && outcomes.get(i) instanceof ProbeOutcome.Replied after) {
        sum += Math.abs(after.rttNanos() - before.rttNanos());
        pairs++;
      }
    }
    return pairs == 0 ? OptionalLong.empty() : OptionalLong.of(sum / pairs);
  }
}
