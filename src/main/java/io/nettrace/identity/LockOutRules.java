package io.nettrace.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many failures lock out, and for how long: a minute, twice as long after each further failure,
 * at most as long as failures are counted.
 */
final class LockOutRules {
  static final Duration WINDOW = Duration.ofMinutes(15);
  static final int MOST_OF_PAIR = 10;
  static final int MOST_OF_ADDRESS = 50;
  static final int MOST_OF_ACCOUNT = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 4;

  private LockOutRules() {}

  /**
   * Failures within the window.
   *
   * @param last when the newest was; empty when there is none
   */
  record Failures(int count, Optional<Instant> last) {}

  /** How long {@code failures} still lock out, when {@code most} of them do. */
  static Duration remaining(Failures failures, int most, Instant now) {
    if (failures.count() < most || failures.last().isEmpty()) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures.count() - most, MOST_DOUBLINGS);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    Duration bounded = pause.compareTo(WINDOW) < 0 ? pause : WINDOW;
    Duration left = Duration.between(now, failures.last().get().plus(bounded));
    return left.isNegative() ? Duration.ZERO : left;
  }

  static Duration longest(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
