package io.nettrace.prober.strategy;

import io.nettrace.metric.MplsLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one flow of a trace has found out so far, by TTL. */
final class HopTable {
  private static final byte IDLE = 0;
  private static final byte WAITING = 1;
  private static final byte ANSWERED = 2;
  private static final byte GIVEN_UP = 3;

  static final int NOBODY = Integer.MAX_VALUE;

  private final byte[] state = new byte[Rules.TTL_LIMIT + 1];
  private final byte[] attempts = new byte[Rules.TTL_LIMIT + 1];
  private final long[] rtt = new long[Rules.TTL_LIMIT + 1];
  private final @Nullable Router[] router = new Router[Rules.TTL_LIMIT + 1];
  private final @Nullable List<MplsLabel>[] labels = newLists(Rules.TTL_LIMIT + 1);
  private int farthest;
  private int target = NOBODY;
  private int refusal = NOBODY;
  private long slowest;

  boolean isIdle(int ttl) {
    return state[ttl] == IDLE;
  }

  boolean isWaiting(int ttl) {
    return state[ttl] == WAITING;
  }

  boolean isAnswered(int ttl) {
    return state[ttl] == ANSWERED;
  }

  boolean isGivenUp(int ttl) {
    return state[ttl] == GIVEN_UP;
  }

  int attempts(int ttl) {
    return attempts[ttl];
  }

  long rtt(int ttl) {
    return rtt[ttl];
  }

  @Nullable Router router(int ttl) {
    return router[ttl];
  }

  List<MplsLabel> labels(int ttl) {
    List<MplsLabel> stack = labels[ttl];
    return stack == null ? List.of() : stack;
  }

  /** Farthest TTL at which a router answered. */
  int farthest() {
    return farthest;
  }

  /** Smallest TTL at which the target answered, or {@link #NOBODY}. */
  int target() {
    return target;
  }

  /** Smallest TTL at which somebody refused, or {@link #NOBODY}. */
  int refusal() {
    return refusal;
  }

  /** Where the path ends, by what is known; {@link #NOBODY} while it is open. */
  int end() {
    return Math.min(target, refusal);
  }

  /** Largest delay any hop answered with. */
  long slowest() {
    return slowest;
  }

  void order(int ttl) {
    state[ttl] = WAITING;
  }

  /** Counts an attempt; true when it was not the first. */
  boolean sent(int ttl) {
    if (attempts[ttl] < Byte.MAX_VALUE) {
      attempts[ttl]++;
    }
    return attempts[ttl] > 1;
  }

  void giveUp(int ttl) {
    state[ttl] = GIVEN_UP;
  }

  void answer(int ttl, Answer answer, Router from, long nanos) {
    state[ttl] = ANSWERED;
    rtt[ttl] = nanos;
    router[ttl] = from;
    if (!answer.labels.isEmpty()) {
      labels[ttl] = answer.labels;
    }
    slowest = Math.max(slowest, nanos);
    switch (answer.kind) {
      case HOP -> farthest = Math.max(farthest, ttl);
      case TARGET -> target = Math.min(target, ttl);
      case REFUSAL -> refusal = Math.min(refusal, ttl);
    }
  }

  /** A second answer to the same hop: the smaller delay is the better measurement. */
  void again(int ttl, Router from, long nanos) {
    if (router[ttl] == from) {
      rtt[ttl] = Math.min(rtt[ttl], nanos);
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable List<MplsLabel>[] newLists(int length) {
    return (List<MplsLabel>[]) new List<?>[length];
  }
}
