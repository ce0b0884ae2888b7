package io.nettrace.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Watches delay and loss of one series. Confined to one thread at a time. */
final class SeriesWatch {
  /** A pause of so many usual ones means that bursts were taken which this watch has not seen. */
  private static final double GAP = 1.7;

  private static final int PAUSES = 9;

  private final DelayWatch delay = new DelayWatch();
  private final LossWatch loss = new LossWatch();
  private final Deque<Long> pauses = new ArrayDeque<>();
  private Instant last = Instant.MIN;

  /** When the newest burst that was judged began. */
  Instant last() {
    return last;
  }

  /** What the newest burst shows of the delay, and too few agree on. */
  Optional<Suspicion> suspicion() {
    return delay.suspicion();
  }

  boolean isOpen(Deviation.Kind kind) {
    return kind == Deviation.Kind.LOSS ? loss.isOpen() : delay.isOpen();
  }

  /** Judges the next burst; older ones than the last say nothing new. */
  List<SeriesFinding> observe(Observation burst) {
    if (!burst.at().isAfter(last)) {
      return List.of();
    }
    if (!last.equals(Instant.MIN)) {
      pauses.addLast(Duration.between(last, burst.at()).toNanos());
    }
    if (pauses.size() > PAUSES) {
      pauses.removeFirst();
    }
    last = burst.at();
    return Stream.concat(delay.observe(burst).stream(), loss.observe(burst).stream()).toList();
  }

  /** Whether bursts are missing between the last one and {@code next}. */
  boolean misses(Instant next) {
    return !pauses.isEmpty()
        && Duration.between(last, next).toNanos() > GAP * Robust.median(pauses);
  }
}
