package io.nettrace.scanner.cycle;

import java.time.Duration;
import java.time.Instant;

/**
 * The database's clock, as far as the answers to renewals tell it. All scanners of a vantage point
 * place their cycles by it, so that a target that changes hands keeps its time. An answer that took
 * long says little and is used only when nothing better is recent.
 */
final class ClusterTime {
  private static final long GOOD_ENOUGH_NANOS = Duration.ofMillis(500).toNanos();
  private static final long RECENT_NANOS = Duration.ofMinutes(10).toNanos();

  private boolean known;
  private long anchorNanos;
  private long anchorEpochNanos;

  void heard(Instant at, long askedNanos, long heardNanos) {
    boolean good = heardNanos - askedNanos <= GOOD_ENOUGH_NANOS;
    if (known && !good && heardNanos - anchorNanos < RECENT_NANOS) {
      return;
    }
    known = true;
    anchorNanos = askedNanos + (heardNanos - askedNanos) / 2;
    anchorEpochNanos = Math.addExact(at.getEpochSecond() * 1_000_000_000L, at.getNano());
  }

  /** Nanoseconds since 1970 when the monotonic clock shows {@code nanos}. */
  long epochNanos(long nanos) {
    return anchorEpochNanos + (nanos - anchorNanos);
  }
}
