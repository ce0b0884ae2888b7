package io.nettrace.signal;

/**
 * Change of delay that the newest burst shows while too few bursts agree: it opens or closes a
 * {@link Deviation} if the next ones do.
 *
 * @param baselineNanos median delay of the past that the burst is judged by
 * @param seenNanos median delay of the newest burst
 */
public record Suspicion(Kind kind, long baselineNanos, long seenNanos) {
  /** In which way. */
  public enum Kind {
    RISE,
    FALL,
    /** A deviation is open, and the newest burst is as before it. */
    RETURN
  }
}
