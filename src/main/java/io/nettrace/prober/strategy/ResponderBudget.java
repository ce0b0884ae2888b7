package io.nettrace.prober.strategy;

import java.net.InetAddress;

/**
 * One address that answered, with the rate at which it is asked. Routers limit their ICMP answers
 * and many paths share one; so each has a budget, which shrinks when it stops answering while it is
 * known to be alive, and recovers slowly.
 */
final class ResponderBudget {
  private static final int MIN_MISSES = 2;
  private static final double MISSED_SHARE = 0.08;
  private static final double SLOWEST_PER_SECOND = 5;
  private static final double BACKOFF = 0.6;
  private static final double SAFE_SHARE = 0.8;
  private static final long IDLE_NANOS = 1_000_000_000L;
  private static final long TIGHTEN_EVERY_NANOS = 1_000_000_000L;
  private static final long RELAX_EVERY_NANOS = 60_000_000_000L;
  private static final double RELAXATION = 1.25;

  final InetAddress address;
  private final double usualPerSecond;
  private final double usualBurst;
  private final Pacer pacer;
  private double perSecond;
  private double burst;
  private long lastAsked;
  private int answered;
  private int missed;
  private long changedAt;

  /** Questions booked at the former rate, which say nothing about the new one. */
  private long admittedBeforeChange;

  ResponderBudget(InetAddress address, double perSecond, double burst, long now) {
    this.address = address;
    this.usualPerSecond = perSecond;
    this.usualBurst = burst;
    this.perSecond = perSecond;
    this.burst = burst;
    this.pacer = new Pacer(perSecond, burst);
    lastAsked = now;
    changedAt = now;
  }

  /** Books one question; returns when it may be asked. */
  long reserve(long now) {
    if (now - lastAsked > IDLE_NANOS) {
      answered = 0;
      missed = 0;
    }
    long admitted = pacer.reserve(now);
    lastAsked = admitted;
    return admitted;
  }

  boolean isLimited() {
    return perSecond < usualPerSecond;
  }

  void answered(long now) {
    answered++;
    if (isLimited() && now - changedAt > RELAX_EVERY_NANOS) {
      double newBurst = Math.min(usualBurst, burst * RELAXATION);
      rate(Math.min(usualPerSecond, perSecond * RELAXATION), newBurst, now);
    }
  }

  /**
   * A question asked at {@code sent}, which it should have answered by all that is known of it, was
   * not. Slows down, and lets so many go at once as it did answer.
   */
  void missed(long sent, long now) {
    if (sent <= admittedBeforeChange || now - changedAt < TIGHTEN_EVERY_NANOS) {
      return;
    }
    missed++;
    if (missed < MIN_MISSES || missed <= MISSED_SHARE * (answered + missed)) {
      return;
    }
    double newBurst = Math.max(burst / 2, Math.min(burst, answered * SAFE_SHARE));
    rate(Math.max(SLOWEST_PER_SECOND, perSecond * BACKOFF), Math.max(1, newBurst), now);
    pacer.exhaust(now);
    missed = 0;
  }

  private void rate(double newPerSecond, double newBurst, long now) {
    perSecond = newPerSecond;
    burst = newBurst;
    pacer.rate(newPerSecond, newBurst);
    changedAt = now;
    admittedBeforeChange = Math.max(now, lastAsked);
  }
}
