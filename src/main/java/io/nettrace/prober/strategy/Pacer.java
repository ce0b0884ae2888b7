package io.nettrace.prober.strategy;

/**
 * Admits events at a bounded rate (the generic cell rate algorithm): a steady stream, with up to
 * {@code burst} at once after a pause.
 */
final class Pacer {
  private static final double NANOS_PER_SECOND = 1e9;

  private double interval;
  private double tolerance;
  private double next;

  Pacer(double perSecond, double burst) {
    rate(perSecond, burst);
    next = Double.NEGATIVE_INFINITY;
  }

  void rate(double perSecond, double burst) {
    interval = NANOS_PER_SECOND / perSecond;
    tolerance = (Math.max(1, burst) - 1) * interval;
  }

  /** Forgets what was saved up: from now on events come one by one. */
  void exhaust(long now) {
    next = Math.max(next, now + tolerance + interval);
  }

  /** When the next event may happen: {@code now} or later. */
  long nextAt(long now) {
    return Math.max(now, (long) Math.ceil(next - tolerance));
  }

  /** When {@code count} events may happen in a row. */
  long admits(int count, long now) {
    return Math.max(now, (long) Math.ceil(next - tolerance + (count - 1) * interval));
  }

  /** Books one event at the earliest moment, which it returns. */
  long reserve(long now) {
    long at = nextAt(now);
    next = Math.max(next, (double) now) + interval;
    return at;
  }
}
