package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Words;
import io.nettrace.metric.AddressText;
import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.BurstSample;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Delay and loss of one burst. */
record BurstView(
    Instant observedAt,
    String method,
    String mode,
    String address,
    int sent,
    int received,
    int sendFailures,
    @Nullable Double lossRatio,
    @Nullable DelaysView rttMs) {

  /** Milliseconds, over the answered probes. */
  record DelaysView(
      double min,
      double mean,
      double p50,
      double p90,
      double p95,
      double p99,
      double max,
      @Nullable Double ipdv,
      double pdv) {

    static DelaysView of(DelaySummary d) {
      return new DelaysView(
          Millis.of(d.minNanos()),
          Millis.of(d.meanNanos()),
          Millis.of(d.p50Nanos()),
          Millis.of(d.p90Nanos()),
          Millis.of(d.p95Nanos()),
          Millis.of(d.p99Nanos()),
          Millis.of(d.maxNanos()),
          Millis.of(d.ipdvNanos()),
          Millis.of(d.pdvNanos()));
    }
  }

  static BurstView of(BurstSample burst) {
    return new BurstView(
        burst.observedAt(),
        Words.of(burst.method()),
        Words.of(burst.mode()),
        AddressText.of(burst.address()),
        burst.sent(),
        burst.received(),
        burst.sendFailures(),
        burst.lossRatio().orElse(null),
        delays(burst.delays()));
  }

  private static @Nullable DelaysView delays(Optional<DelaySummary> delays) {
    return delays.map(DelaysView::of).orElse(null);
  }
}
