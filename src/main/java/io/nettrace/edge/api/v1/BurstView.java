package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.metric.AddressText;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.Refusal;
import io.nettrace.sample.BurstSample;
import java.time.Instant;
import java.util.List;
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
    @Nullable DelaysView rttMs,
    @Nullable List<LossView> losses) {

  /** What came back for lost probes. */
  record LossView(int probes, String from, @Nullable Integer icmpType, @Nullable Integer icmpCode) {
    static LossView of(LossReason loss) {
      return new LossView(
          loss.probes(),
          AddressText.of(loss.from()),
          loss.refusal().map(Refusal::icmpType).orElse(null),
          loss.refusal().map(Refusal::icmpCode).orElse(null));
    }
  }

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
        ConstantNames.of(burst.method()),
        ConstantNames.of(burst.mode()),
        AddressText.of(burst.address()),
        burst.sent(),
        burst.received(),
        burst.sendFailures(),
        burst.lossRatio().orElse(null),
        delays(burst.delays()),
        burst.losses().isEmpty() ? null : burst.losses().stream().map(LossView::of).toList());
  }

  private static @Nullable DelaysView delays(Optional<DelaySummary> delays) {
    return delays.map(DelaysView::of).orElse(null);
  }
}
