package io.nettrace.prober.strategy;

/**
 * Computes a round-trip delay from the kernel's stamps. They are wall-clock times, so they are only
 * believed when the wall clock kept its distance from the monotonic clock in between, and when the
 * delay fits into what the monotonic clock saw; otherwise the monotonic clock's own, coarser delay
 * is taken.
 */
final class RoundTrip {
  /** NTP slews by at most 500 ppm; twice that, plus the error of reading two clocks. */
  private static final long SLEW_PPM = 1_000;

  private static final long CLOCK_READING_NANOS = 100_000;

  private RoundTrip() {}

  static boolean clockStepped(long sentOffset, long readOffset, long elapsedNanos) {
    long tolerance = CLOCK_READING_NANOS + elapsedNanos / 1_000_000 * SLEW_PPM;
    return Math.abs(readOffset - sentOffset) > tolerance;
  }

  /**
   * @param sentNanos monotonic time just before sending, {@code readNanos} just after reading
   * @param sentStamp kernel's stamp of sending or 0, {@code readStamp} of arrival or 0
   */
  static long nanos(
      long sentNanos,
      long sentOffset,
      long sentStamp,
      long readNanos,
      long readOffset,
      long readStamp) {
    long outside = Math.max(0, readNanos - sentNanos);
    if (clockStepped(sentOffset, readOffset, outside)) {
      return outside;
    }
    long departed = sentStamp == 0 ? sentNanos : sentStamp - sentOffset;
    long arrived = readStamp == 0 ? readNanos : readStamp - readOffset;
    long inside = arrived - departed;
    return inside < 0 || inside > outside + CLOCK_READING_NANOS ? outside : inside;
  }
}
