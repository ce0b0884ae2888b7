package io.nettrace.prober.cli;

import io.nettrace.metric.DelayHistogram;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Probes sent and answered, and their delays, in memory that does not grow with the rounds. */
final class RoundTally {
  private long sent;
  private long received;
  private long delays;
  private long last;
  private long best = Long.MAX_VALUE;
  private long worst;
  private double mean;

  /** Sum of squared differences from the mean, by Welford's method. */
  private double squares;

  private double differences;
  private final DelayHistogram histogram = new DelayHistogram();

  void count(int newlySent, int newlyReceived) {
    sent += newlySent;
    received += newlyReceived;
  }

  void delay(long nanos) {
    if (delays > 0) {
      differences += Math.abs(nanos - last);
    }
    delays++;
    histogram.record(nanos);
    last = nanos;
    best = Math.min(best, nanos);
    worst = Math.max(worst, nanos);
    double before = nanos - mean;
    mean += before / delays;
    squares += before * (nanos - mean);
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  /** 0–1; empty when nothing was sent. */
  OptionalDouble lossRatio() {
    return sent == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sent - received) / (double) sent);
  }

  boolean hasDelays() {
    return delays > 0;
  }

  long lastNanos() {
    return last;
  }

  long bestNanos() {
    return best;
  }

  long worstNanos() {
    return worst;
  }

  long meanNanos() {
    return Math.round(mean);
  }

  long standardDeviationNanos() {
    return delays < 2 ? 0 : Math.round(Math.sqrt(squares / (delays - 1)));
  }

  /** Over what was answered, as exact as the histogram. */
  long percentileNanos(double percentile) {
    return histogram.percentileNanos(percentile);
  }

  /** Mean absolute difference of consecutive delays (RFC 3393). */
  OptionalLong ipdvNanos() {
    return delays < 2
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(differences / (delays - 1)));
  }
}
