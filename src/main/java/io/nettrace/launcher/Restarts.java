package io.nettrace.launcher;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** When something that ended is started again: soon, and later each time that it does not last. */
final class Restarts implements AutoCloseable {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration SLOWEST = Duration.ofSeconds(30);
  private static final Duration HEALTHY_AFTER = Duration.ofMinutes(1);

  private final ScheduledExecutorService watch;
  private Duration delay = FIRST;
  private long startedNanos;

  Restarts(String thread) {
    watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name(thread).daemon().unstarted(task));
  }

  /** It starts now. */
  synchronized void started() {
    startedNanos = System.nanoTime();
  }

  /** It ended: {@code start} is called after what is returned. */
  synchronized Duration later(Runnable start) {
    if (System.nanoTime() - startedNanos > HEALTHY_AFTER.toNanos()) {
      delay = FIRST;
    }
    Duration chosen = delay;
    var _ = watch.schedule(start, chosen.toMillis(), TimeUnit.MILLISECONDS);
    Duration doubled = chosen.multipliedBy(2);
    delay = doubled.compareTo(SLOWEST) < 0 ? doubled : SLOWEST;
    return chosen;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
