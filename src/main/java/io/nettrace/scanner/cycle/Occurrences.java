package io.nettrace.scanner.cycle;

import java.time.Duration;

/**
 * When something recurring is due: once in each cycle, at its own phase of it. Cycles are counted
 * from 1970 by the cluster's time, so that they are the same for all scanners.
 */
final class Occurrences {
  /** Kept free at both ends of a cycle, so that clocks that differ a little agree on the number. */
  private static final double EDGE = 0.02;

  private final long periodNanos;
  private final long phaseNanos;
  private long last = Long.MIN_VALUE;

  /** {@code position}, 0 to 1, is the target's place among all. */
  Occurrences(Duration period, double position) {
    this.periodNanos = period.toNanos();
    this.phaseNanos = (long) (periodNanos * (EDGE + (1 - 2 * EDGE) * position));
  }

  /** The first cycle whose moment is not over and that was not used. */
  long next(long epochNanos) {
    long cycle = Math.floorDiv(epochNanos, periodNanos);
    long coming = cycle * periodNanos + phaseNanos > epochNanos ? cycle : cycle + 1;
    return Math.max(coming, last + 1);
  }

  long delay(long cycle, long epochNanos) {
    return cycle * periodNanos + phaseNanos - epochNanos;
  }

  /** Uses the cycle up; false when it was before. */
  boolean use(long cycle) {
    if (cycle <= last) {
      return false;
    }
    last = cycle;
    return true;
  }

  /** Uses up the cycle of this moment. */
  boolean useNow(long epochNanos) {
    return use(Math.floorDiv(epochNanos, periodNanos));
  }
}
