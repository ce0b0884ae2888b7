package io.nettrace.lab.engine;

import io.nettrace.lab.scenario.RateLimit;

/** A token bucket: says whether a router may send one more ICMP answer now. */
final class RateLimiter {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perNano;
  private final double burst;
  private double tokens;
  private long filledNanos;
  private boolean started;

  RateLimiter(RateLimit limit) {
    this.perNano = limit.perSecond() / NANOS_PER_SECOND;
    this.burst = limit.burst();
    this.tokens = limit.burst();
  }

  boolean allows(long nowNanos) {
    if (started) {
      tokens = Math.min(burst, tokens + (nowNanos - filledNanos) * perNano);
    }
    started = true;
    filledNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
