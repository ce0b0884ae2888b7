package io.nettrace.prober.strategy;

import java.net.InetAddress;

/**
 * One address that answered, with the rate at which it is asked. Routers limit their ICMP answers
 * and many paths share one; so each has a budget, which shrinks when it stops answering while it is
 * known to be alive, and recovers slowly.
 */
final class Router {
  private static final int MIN_MISSES = 3;
  private static final double MISSED_SHARE = 0.1;
  private static final double SLOWEST_PER_SECOND = 2;
  private static final long WINDOW_NANOS = 2_000_000_000L;
  private static final long TIGHTEN_EVERY_NANOS = 250_000_000L;
  private static final long RELAX_EVERY_NANOS = 60_000_000_000L;

  final InetAddress address;
  private final double usualPerSecond;
  private final double usualBurst;
  private final Pacer pacer;
  private double perSecond;
  private double burst;
  private long windowStart;
  private int asked;
  private int missed;
  private long changedAt;

  Router(InetAddress address, double perSecond, double burst, long now) {
    this.address = address;
    this.usualPerSecond = perSecond;
    this.usualBurst = burst;
    this.perSecond = perSecond;
    this.burst = burst;
    this.pacer = new Pacer(perSecond, burst);
    windowStart = now;
    changedAt = now;
  }

  /** Books one question; returns when it may be asked. */
  long reserve(long now) {
    return pacer.reserve(now);
  }

  boolean isLimited() {
    return perSecond < usualPerSecond;
  }

  void answered(long now) {
    count(now);
    if (isLimited() && now - changedAt > RELAX_EVERY_NANOS) {
      rate(Math.min(usualPerSecond, perSecond * 1.25), Math.min(usualBurst, burst * 1.25), now);
    }
  }

  /** A question that it should have answered, by all that is known of it, was not. */
  void missed(long now) {
    count(now);
    missed++;
    boolean many = missed >= MIN_MISSES && missed > MISSED_SHARE * asked;
    if (many && now - changedAt > TIGHTEN_EVERY_NANOS) {
      rate(Math.max(SLOWEST_PER_SECOND, perSecond / 2), Math.max(1, burst / 2), now);
      restart(now);
    }
  }

  private void rate(double newPerSecond, double newBurst, long now) {
    perSecond = newPerSecond;
    burst = newBurst;
    pacer.rate(newPerSecond, newBurst);
    changedAt = now;
  }

  private void count(long now) {
    if (now - windowStart > WINDOW_NANOS) {
      restart(now);
    }
    asked++;
  }

  private void restart(long now) {
    windowStart = now;
    asked = 0;
    missed = 0;
  }
}
