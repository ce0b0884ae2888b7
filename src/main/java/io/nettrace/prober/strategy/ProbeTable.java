package io.nettrace.prober.strategy;

import io.nettrace.metric.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The probes on their way, by the 16-bit number each carries. Numbers are given out in a ring, so
 * that an answer that comes very late meets an empty slot and not another probe, and by the golden
 * section of it, so that the probes of one target are never neighbours: a number that is off by a
 * little names none of them.
 */
final class ProbeTable {
  /** Numbers 1–65534: a UDP checksum can be neither 0 nor 65535. */
  static final int SLOTS = 65_535;

  private static final int STEP = 40_503; // coprime with SLOTS - 1

  private static final byte FREE = 0;
  private static final byte PENDING = 1;
  private static final byte EXPIRED = 2;
  private static final byte ANSWERED = 3;

  private final long[] order = new long[SLOTS];
  private final @Nullable Destination[] to = new Destination[SLOTS];
  private final byte[] state = new byte[SLOTS];
  private final long[] sentNanos = new long[SLOTS];
  private final long[] sentOffset = new long[SLOTS];
  private final long[] stamp = new long[SLOTS];
  private final @Nullable ResponderBudget[] asked = new ResponderBudget[SLOTS];
  private int cursor;
  private int pending;

  int pending() {
    return pending;
  }

  /**
   * A slot for a new probe; 0 when all are on their way. The table knows the task by the engine's
   * number only, so that it keeps none alive.
   */
  int take(long newOrder, Destination destination, @Nullable ResponderBudget router, long now) {
    for (int i = 1; i < SLOTS; i++) {
      cursor = (cursor + STEP - 1) % (SLOTS - 1) + 1;
      if (state[cursor] != PENDING) {
        order[cursor] = newOrder;
        to[cursor] = destination;
        state[cursor] = PENDING;
        sentNanos[cursor] = now;
        stamp[cursor] = 0;
        asked[cursor] = router;
        pending++;
        return cursor;
      }
    }
    return 0;
  }

  void sent(int slot, long nanos, long offset) {
    sentNanos[slot] = nanos;
    sentOffset[slot] = offset;
  }

  void stamped(int slot, long wallNanos) {
    if (slot > 0 && slot < SLOTS) {
      stamp[slot] = wallNanos;
    }
  }

  boolean isPending(int slot) {
    return state[slot] == PENDING;
  }

  boolean isAnswered(int slot) {
    return state[slot] == ANSWERED;
  }

  boolean isTo(int slot, Protocol protocol, long hi, long lo) {
    if (slot <= 0 || slot >= SLOTS || state[slot] == FREE) {
      return false;
    }
    Destination destination = to[slot];
    return destination != null && destination.is(protocol, hi, lo);
  }

  boolean isOut(int slot, Protocol protocol) {
    Destination destination = to[slot];
    return isPending(slot) && destination != null && destination.protocol() == protocol;
  }

  void expire(int slot) {
    leave(slot, EXPIRED);
  }

  void answer(int slot) {
    leave(slot, ANSWERED);
  }

  void free(int slot) {
    leave(slot, FREE);
    to[slot] = null;
  }

  long order(int slot) {
    return order[slot];
  }

  @Nullable ResponderBudget asked(int slot) {
    return asked[slot];
  }

  long sentNanos(int slot) {
    return sentNanos[slot];
  }

  long rttNanos(int slot, ProbeAnswer answer) {
    return RoundTrip.nanos(
        sentNanos[slot],
        sentOffset[slot],
        stamp[slot],
        answer.readNanos,
        answer.clockOffset,
        answer.stamp);
  }

  boolean clockSteppedSince(int slot, ProbeAnswer answer) {
    return RoundTrip.clockStepped(
        sentOffset[slot], answer.clockOffset, answer.readNanos - sentNanos[slot]);
  }

  private void leave(int slot, byte newState) {
    if (state[slot] == PENDING) {
      pending--;
    }
    state[slot] = newState;
  }
}
