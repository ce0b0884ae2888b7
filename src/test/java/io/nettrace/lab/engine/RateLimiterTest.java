package io.nettrace.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.lab.scenario.RateLimit;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theBurstIsAllowedAtOnceAndTheRateInTheLongRun() {
    RateLimiter limiter = new RateLimiter(new RateLimit(100, 50));
    assertThat(allowed(limiter, 0, 0, 200)).isEqualTo(50);
    assertThat(allowed(limiter, SECOND, 11 * SECOND, 5_000)).isBetween(1_045, 1_051);
  }

  @Test
  void tokensDoNotPileUpBeyondTheBurst() {
    RateLimiter limiter = new RateLimiter(new RateLimit(100, 5));
    assertThat(limiter.allows(0)).isTrue();
    assertThat(allowed(limiter, 3_600 * SECOND, 3_600 * SECOND, 20)).isEqualTo(5);
  }

  private static int allowed(RateLimiter limiter, long from, long to, int attempts) {
    int allowed = 0;
    for (int i = 0; i < attempts; i++) {
      allowed += limiter.allows(from + (to - from) * i / attempts) ? 1 : 0;
    }
    return allowed;
  }
}
