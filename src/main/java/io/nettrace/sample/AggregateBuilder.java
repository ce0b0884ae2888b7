package io.nettrace.sample;

import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.DelaySummary;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes bursts together, one after another. */
final class AggregateBuilder {
  private final Instant start;
  private final Instant end;
  private final DelayHistogram delays = new DelayHistogram();
  private int bursts;
  private long sent;
  private long received;
  private long sendFailures;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos = Long.MIN_VALUE;
  private long sumNanos;
  private long ipdvSumNanos;
  private int ipdvs;

  AggregateBuilder(Instant start, Instant end) {
    this.start = start;
    this.end = end;
  }

  void add(BurstSample burst, Optional<DelayHistogram> histogram) {
    bursts++;
    sent += burst.sent();
    received += burst.received();
    sendFailures += burst.sendFailures();
    burst.delays().ifPresent(summary -> add(summary, burst.received()));
    histogram.ifPresent(delays::add);
  }

  private void add(DelaySummary summary, int answers) {
    minNanos = Math.min(minNanos, summary.minNanos());
    maxNanos = Math.max(maxNanos, summary.maxNanos());
    sumNanos += summary.meanNanos() * answers;
    if (summary.ipdvNanos().isPresent()) {
      ipdvSumNanos += summary.ipdvNanos().getAsLong();
      ipdvs++;
    }
  }

  Aggregate aggregate() {
    boolean answered = received > 0;
    return new Aggregate(
        start,
        end,
        bursts,
        sent,
        received,
        sendFailures,
        answered ? OptionalLong.of(minNanos) : OptionalLong.empty(),
        answered ? OptionalLong.of(Math.round((double) sumNanos / received)) : OptionalLong.empty(),
        answered ? OptionalLong.of(maxNanos) : OptionalLong.empty(),
        ipdvs > 0 ? OptionalLong.of(ipdvSumNanos / ipdvs) : OptionalLong.empty(),
        delays);
  }
}
