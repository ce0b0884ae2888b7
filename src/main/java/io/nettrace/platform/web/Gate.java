package io.nettrace.platform.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admission gate: a few at once, a short queue, and half of the permits out of strangers' reach, so
 * that those who are known get through whatever strangers do. Who cannot enter within the wait is
 * refused, and everybody is refused at once while the queue is full.
 */
public final class Gate {
  private final int atOnce;
  private final Semaphore all;
  private final Semaphore strangers;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int mostWaiting;
  private final Duration longestWait;

  /**
   * @param atOnce permits; strangers hold at most half of them
   * @param mostWaiting of strangers; those who are known have a queue as long again
   */
  public Gate(int atOnce, int mostWaiting, Duration longestWait) {
    this.atOnce = atOnce;
    this.all = new Semaphore(atOnce, true);
    this.strangers = new Semaphore(Math.max(1, atOnce / 2), true);
    this.mostWaiting = mostWaiting;
    this.longestWait = longestWait;
  }

  /** Whether a permit was had; then {@link #leave} has to be called once with the same word. */
  public boolean enter(boolean isKnown) {
    if (isKnown) {
      return take(all, 2 * mostWaiting);
    }
    if (!take(strangers, mostWaiting)) {
      return false;
    }
    if (take(all, mostWaiting)) {
      return true;
    }
    strangers.release();
    return false;
  }

  public void leave(boolean isKnown) {
    all.release();
    if (!isKnown) {
      strangers.release();
    }
  }

  private boolean take(Semaphore permits, int most) {
    if (permits.tryAcquire()) {
      return true;
    }
    try {
      return waiting.incrementAndGet() <= most
          && permits.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** How many are inside. */
  public int inside() {
    return atOnce - all.availablePermits();
  }
}
