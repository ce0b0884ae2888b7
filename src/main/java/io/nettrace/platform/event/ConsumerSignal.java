package io.nettrace.platform.event;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends the rest of one thread early. */
final class ConsumerSignal {
  private final Semaphore calls = new Semaphore(0);

  void call() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  /** Until called, or called since the last rest, or the time is over. */
  void rest(Duration longest) throws InterruptedException {
    boolean _ = calls.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    int _ = calls.drainPermits();
  }
}
