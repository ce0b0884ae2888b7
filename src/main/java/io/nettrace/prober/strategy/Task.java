package io.nettrace.prober.strategy;

import org.jspecify.annotations.Nullable;

/**
 * Something that is measured by many probes. An item is the task's own number (up to 20 bits) for
 * one thing it probes.
 */
abstract sealed class Task implements Runnable permits TraceTask, BurstTask {
  private final Destination to;
  private final TracePath path;

  /** Where the engine keeps it; {@code generation} tells it from former tasks at that place. */
  int index = -1;

  int generation;

  Task(Destination to, TracePath path) {
    this.to = to;
    this.path = path;
  }

  final Destination to() {
    return to;
  }

  final TracePath path() {
    return path;
  }

  abstract void begin(Agenda agenda, long now);

  /** Whether the item, ordered earlier, is still to be sent. */
  abstract boolean wants(int item);

  abstract int ttl(int item);

  abstract int flow(int item);

  /** Delay to expect, which decides the order: the slowest go first. */
  abstract long expectedRtt(int item);

  /** Who will answer, by all that is known; null when nothing is. */
  abstract @Nullable ResponderBudget expectedRouter(int item);

  /** Whether packets are known to get beyond the hop, so that its silence is its own choice. */
  abstract boolean isPassedAt(int item);

  /** How long to wait for the answer to the item, as far as is known now. */
  abstract long waitNanos(int item);

  /** Counts an attempt; true when the item had been sent before. */
  abstract boolean sent(int item);

  abstract void refused(int item, String reason, Agenda agenda, long now);

  abstract void answered(
      int item, ProbeAnswer answer, ResponderBudget from, long rtt, Agenda agenda, long now);

  /** The target answers without saying to which probe; the path now asks by a flow for each. */
  abstract void ambiguous(Agenda agenda, long now);

  abstract void answeredElsewhere(int item, long fromHi, long fromLo);

  abstract void expired(int item, Agenda agenda, long now);

  abstract void woken(Agenda agenda, long now);

  abstract boolean isDone();

  /** The engine's last word to it: what was learned goes into the path's memory. */
  abstract void remember();

  /** Hands the result over; called outside the engine's thread, as the last thing of all. */
  @Override
  public abstract void run();

  abstract void fail(RuntimeException reason);
}
