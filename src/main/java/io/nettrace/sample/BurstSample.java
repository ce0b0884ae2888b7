package io.nettrace.sample;

import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A burst as the record holds it, without its histogram. */
public record BurstSample(
    Instant observedAt,
    Protocol method,
    ProbeMode mode,
    InetAddress address,
    int sent,
    int received,
    int sendFailures,
    Optional<DelaySummary> delays,
    List<LossReason> losses) {
  public BurstSample {
    losses = List.copyOf(losses);
  }

  /** Round-trip loss, 0–1; empty when nothing could be sent. */
  public Optional<Double> lossRatio() {
    return sent == 0 ? Optional.empty() : Optional.of((sent - received) / (double) sent);
  }

  /** Lost probes for which nothing came back. */
  public int silent() {
    return sent - received - losses.stream().mapToInt(LossReason::probes).sum();
  }
}
