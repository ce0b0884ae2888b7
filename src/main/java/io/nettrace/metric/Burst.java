package io.nettrace.metric;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Several probes of one protocol to one address in a row, and what came back: the unit in which
 * delay and loss are measured.
 *
 * @param sent probes that left the machine; a probe the kernel refused is not a lost one
 * @param received answers of the target itself
 * @param delays empty when nothing answered
 * @param losses what came back for lost probes, most probes first; silence has no reason
 */
public record Burst(
    Instant startedAt,
    InetAddress address,
    Protocol protocol,
    ProbeMode mode,
    int sent,
    int received,
    int sendFailures,
    Optional<DelaySummary> delays,
    DelayHistogram histogram,
    List<LossReason> losses) {

  public Burst {
    losses = List.copyOf(losses);
    if (received < 0 || received > sent) {
      throw new IllegalArgumentException(received + " answers to " + sent + " probes");
    }
    if (delays.isPresent() != (received > 0)) {
      throw new IllegalArgumentException("delays exist exactly when a probe was answered");
    }
  }

  /** A burst whose losses, if any, have no reason. */
  public Burst(
      Instant startedAt,
      InetAddress address,
      Protocol protocol,
      ProbeMode mode,
      int sent,
      int received,
      int sendFailures,
      Optional<DelaySummary> delays,
      DelayHistogram histogram) {
    this(
        startedAt,
        address,
        protocol,
        mode,
        sent,
        received,
        sendFailures,
        delays,
        histogram,
        List.of());
  }

  /** Counts and summarises outcomes in sending order. */
  public static Burst of(
      Instant startedAt,
      InetAddress address,
      Protocol protocol,
      ProbeMode mode,
      List<ProbeOutcome> outcomes) {
    DelayHistogram histogram = new DelayHistogram();
    int failures = 0;
    for (ProbeOutcome outcome : outcomes) {
      switch (outcome) {
        case ProbeOutcome.Replied replied -> histogram.record(replied.rttNanos());
        case ProbeOutcome.SendFailed _ -> failures++;
        case ProbeOutcome.TimedOut _, ProbeOutcome.Unreachable _ -> {}
      }
    }
    return new Burst(
        startedAt,
        address,
        protocol,
        mode,
        outcomes.size() - failures,
        (int) histogram.count(),
        failures,
        DelaySummary.of(outcomes),
        histogram);
  }

  /** The same burst with another beginning, for one that was dated by a wrong clock. */
  public Burst begunAt(Instant begun) {
    return begun.equals(startedAt)
        ? this
        : new Burst(
            begun,
            address,
            protocol,
            mode,
            sent,
            received,
            sendFailures,
            delays,
            histogram,
            losses);
  }

  /** The same burst, and why probes of it were lost. */
  public Burst because(List<LossReason> reasons) {
    return reasons.equals(losses)
        ? this
        : new Burst(
            startedAt,
            address,
            protocol,
            mode,
            sent,
            received,
            sendFailures,
            delays,
            histogram,
            reasons);
  }

  /** Round-trip loss, 0–1 (RFC 6673); empty when nothing could be sent. */
  public Optional<Double> lossRatio() {
    return sent == 0 ? Optional.empty() : Optional.of((sent - received) / (double) sent);
  }
}
