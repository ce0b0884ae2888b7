package io.nettrace.scan;

import java.time.Duration;

/**
 * How long scanners may measure without a word.
 *
 * @param term how long a lease lasts unless renewed
 * @param margin how long a slice rests between two scanners; more than their clocks' disagreement
 * @param solePatience how long a silent scanner that was the only one keeps its slices
 */
record LeaseTerms(Duration term, Duration margin, Duration solePatience) {
  static final LeaseTerms STANDARD =
      new LeaseTerms(Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(15));
}
