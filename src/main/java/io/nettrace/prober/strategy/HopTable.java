package io.nettrace.prober.strategy;

import io.nettrace.metric.MplsLabel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one flow of a trace has found out so far, by TTL. */
final class HopTable {
  static final int NONE = Integer.MAX_VALUE;

  private final byte[] attempts;

  /** Attempts of each hop that have neither been given up nor refused. */
  private final byte[] out;

  /** Attempts that the kernel refused, and those that were answered. */
  private final byte[] unsent;

  private final byte[] answers;

  private final long[] rtt;
  private final @Nullable ResponderBudget[] router;
  private @Nullable List<MplsLabel> @Nullable [] labels;

  /** Sets of TTLs, a bit each. */
  private long waiting;

  private long answered;
  private long givenUp;
  private int farthest;
  private int target = NONE;
  private long refused;
  private final short[] refusals;
  private long slowest;

  HopTable(int maxTtl) {
    attempts = new byte[maxTtl + 1];
    out = new byte[maxTtl + 1];
    unsent = new byte[maxTtl + 1];
    answers = new byte[maxTtl + 1];
    rtt = new long[maxTtl + 1];
    router = new ResponderBudget[maxTtl + 1];
    refusals = new short[maxTtl + 1];
  }

  /** Makes it a new table, which refers to nothing. */
  void clear() {
    Arrays.fill(attempts, (byte) 0);
    Arrays.fill(out, (byte) 0);
    Arrays.fill(unsent, (byte) 0);
    Arrays.fill(answers, (byte) 0);
    Arrays.fill(rtt, 0);
    Arrays.fill(router, null);
    labels = null;
    waiting = 0;
    answered = 0;
    givenUp = 0;
    farthest = 0;
    target = NONE;
    refused = 0;
    slowest = 0;
  }

  boolean isIdle(int ttl) {
    return ((waiting | answered | givenUp) & bit(ttl)) == 0;
  }

  boolean isWaiting(int ttl) {
    return (waiting & bit(ttl)) != 0;
  }

  boolean isAnswered(int ttl) {
    return (answered & bit(ttl)) != 0;
  }

  /** Whether hops 1 to {@code last} are all answered, given up, or among those not awaited. */
  boolean isSettled(int last, long unawaited) {
    long wanted = last == 0 ? 0 : -1L >>> (Long.SIZE - last);
    return (wanted & ~(answered | givenUp | (waiting & unawaited))) == 0;
  }

  /** Hop 1 is the lowest bit. */
  static long bit(int ttl) {
    return 1L << (ttl - 1);
  }

  int attempts(int ttl) {
    return attempts[ttl];
  }

  long rtt(int ttl) {
    return rtt[ttl];
  }

  @Nullable ResponderBudget router(int ttl) {
    return router[ttl];
  }

  List<MplsLabel> labels(int ttl) {
    List<MplsLabel> stack = labels == null ? null : labels[ttl];
    return stack == null ? List.of() : stack;
  }

  /** Farthest TTL at which a router answered. */
  int farthest() {
    return farthest;
  }

  /** Smallest TTL at which the target answered, or {@link #NONE}. */
  int target() {
    return target;
  }

  /**
   * Smallest TTL at which the way was refused, or {@link #NONE}. One before a hop that answers was
   * a passing word: packets get beyond it.
   */
  int refusal() {
    long behind = farthest >= Long.SIZE ? 0 : refused & -1L << farthest;
    return behind == 0 ? NONE : Long.numberOfTrailingZeros(behind) + 1;
  }

  /** ICMP type (upper byte) and code of the refusal at {@code ttl}. */
  int refusalCode(int ttl) {
    return Short.toUnsignedInt(refusals[ttl]);
  }

  /**
   * Where the path ends, by what is known; {@link #NONE} while it is open. Refusals end it only as
   * long as the target has not answered.
   */
  int end() {
    return target == NONE ? refusal() : target;
  }

  /** Largest delay any hop answered with. */
  long slowest() {
    return slowest;
  }

  void order(int ttl) {
    waiting |= bit(ttl);
    givenUp &= ~bit(ttl);
  }

  /** Orders it as if it had not been asked. */
  void startOver(int ttl) {
    order(ttl);
    attempts[ttl] = 0;
  }

  /** Counts an attempt; true when it was not the first. */
  boolean sent(int ttl) {
    if (attempts[ttl] < Byte.MAX_VALUE) {
      attempts[ttl]++;
      out[ttl]++;
    }
    return attempts[ttl] > 1;
  }

  /** The kernel refused an attempt; true when no other one is out. */
  boolean refusedToSend(int ttl) {
    if (unsent[ttl] < Byte.MAX_VALUE) {
      unsent[ttl]++;
    }
    return ended(ttl);
  }

  /**
   * What is known of the attempts. One that is out at the end counts only at a hop that never
   * answered: it is not waited for, because no answer is expected.
   */
  HopProbes probes(int ttl) {
    int sent = attempts[ttl] - unsent[ttl];
    int received = Math.min(answers[ttl], sent);
    int lost = Math.max(0, sent - Math.max(0, out[ttl]));
    return new HopProbes(ttl, received == 0 ? sent : Math.min(sent, lost + received), received);
  }

  /** An attempt came to nothing; true when no other one is out. */
  boolean ended(int ttl) {
    return --out[ttl] <= 0;
  }

  void giveUp(int ttl) {
    waiting &= ~bit(ttl);
    givenUp |= bit(ttl);
  }

  void answer(int ttl, ProbeAnswer answer, ResponderBudget from, long nanos) {
    waiting &= ~bit(ttl);
    givenUp &= ~bit(ttl);
    answered |= bit(ttl);
    answers[ttl]++;
    rtt[ttl] = nanos;
    router[ttl] = from;
    if (!answer.labels.isEmpty()) {
      if (labels == null) {
        labels = newLists(rtt.length);
      }
      labels[ttl] = answer.labels;
    }
    slowest = Math.max(slowest, nanos);
    switch (answer.kind) {
      case HOP -> farthest = Math.max(farthest, ttl);
      case TARGET -> target = Math.min(target, ttl);
      case REFUSAL -> {
        refused |= bit(ttl);
        refusals[ttl] = (short) (answer.icmpType << 8 | answer.icmpCode);
      }
    }
  }

  /** A second answer to the same hop: the smaller delay is the better measurement. */
  void again(int ttl, ResponderBudget from, long nanos) {
    if (answers[ttl] < attempts[ttl]) {
      answers[ttl]++;
    }
    if (router[ttl] == from) {
      rtt[ttl] = Math.min(rtt[ttl], nanos);
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable List<MplsLabel>[] newLists(int length) {
    return (List<MplsLabel>[]) new List<?>[length];
  }
}
