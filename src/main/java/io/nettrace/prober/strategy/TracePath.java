package io.nettrace.prober.strategy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the way to one address by one protocol: how far it is, and for each hop who
 * answers, after which delay, and how reliably.
 */
final class TracePath {
  /** Traces in a row without an answer after which nobody waits for a hop any more. */
  private static final int SILENT_AFTER = 2;

  private static final int ENOUGH_QUESTIONS = 8;
  private static final double LIMITING_GAP = 0.15;
  private static final double MEMORY = 0.9;

  /** Bursts in a row without any answer after which another flow is tried with each. */
  private static final int LOST_BEFORE_RENEWAL = 2;

  private final long[] rtt = new long[EngineBounds.TTL_LIMIT + 1];
  private final @Nullable ResponderBudget[] router =
      new ResponderBudget[EngineBounds.TTL_LIMIT + 1];
  private final byte[] unanswered = new byte[EngineBounds.TTL_LIMIT + 1];
  private final float[] asked = new float[EngineBounds.TTL_LIMIT + 1];
  private final float[] answered = new float[EngineBounds.TTL_LIMIT + 1];
  private @Nullable Destination destination;
  private int distance;
  private int farthest;
  private int misses;
  private boolean refuted;
  private int lostBursts;
  private int renewals;
  private boolean byFlow;
  private long targetRtt;

  /** Where its probes went the last time; null before the first. */
  @Nullable Destination destination() {
    return destination;
  }

  void destination(Destination to) {
    destination = to;
  }

  /** Whether its hops need not be searched for: a failure the target has refuted does not count. */
  boolean isKnown() {
    return farthest > 0 && !refuted;
  }

  /**
   * TTL at which the target answered when it last did, whatever came since; 0 when it never did.
   */
  int distance() {
    return distance;
  }

  /** Whether the last trace did not meet the target, so that the next looks for it afar as well. */
  boolean isMissed() {
    return misses > 0 || distance == 0;
  }

  /** The target's answers name no probe but its flow, so that each probe needs one of its own. */
  boolean isAnsweredByFlow() {
    return byFlow;
  }

  void answersByFlow() {
    byFlow = true;
  }

  /**
   * The flow as the network numbers it: {@code flow} 0 to {@link EngineBounds#FLOW_LIMIT}, other
   * ones after each renewal.
   */
  int flow(int flow) {
    return renewals * EngineBounds.FLOWS + flow;
  }

  /**
   * Nothing answered a whole burst. A middlebox or a failed link may have swallowed this flow only,
   * so the next bursts ask by other ones before it can be called an outage of the target.
   */
  void burstLost() {
    if (++lostBursts >= LOST_BEFORE_RENEWAL) {
      renewals = (renewals + 1) % EngineBounds.RENEWALS;
    }
  }

  void burstAnswered() {
    lostBursts = 0;
  }

  /** Farthest hop that answers. */
  int farthest() {
    return farthest;
  }

  boolean isSilent(int ttl) {
    return ttl > farthest || unanswered[ttl] >= SILENT_AFTER;
  }

  /** Remembered delay of a hop that answers; 0 when nothing is known. */
  long rtt(int ttl) {
    return isSilent(ttl) ? 0 : rtt[ttl];
  }

  /** Delay at or just behind {@code ttl}, to order probes by; 0 when nothing is known. */
  long rttNear(int ttl) {
    for (int t = ttl; t <= farthest; t++) {
      if (rtt[t] != 0) {
        return rtt[t];
      }
    }
    return farthest == 0 ? targetRtt : rtt[farthest];
  }

  long targetRtt() {
    return targetRtt;
  }

  @Nullable ResponderBudget router(int ttl) {
    return isSilent(ttl) ? null : router[ttl];
  }

  /** It leaves many questions unanswered although packets pass it. */
  boolean limitsAnswers(int ttl) {
    if (asked[ttl] < ENOUGH_QUESTIONS || farthest == 0) {
      return false;
    }
    return ratio(ttl) < ratio(farthest) - LIMITING_GAP;
  }

  /** An answer of the target, to a trace or to a burst, refutes a trace that missed it. */
  void targetAnswered(long nanos) {
    targetRtt = smoothed(targetRtt, nanos);
    refuted = isMissed();
  }

  void answered(int ttl, ResponderBudget from, long nanos) {
    boolean same = router[ttl] == from;
    rtt[ttl] = same ? smoothed(rtt[ttl], nanos) : nanos;
    if (!same && router[ttl] != null) {
      Arrays.fill(unanswered, (byte) 0);
    }
    router[ttl] = from;
    unanswered[ttl] = 0;
  }

  /** {@code certain} when it was asked several times. */
  void silent(int ttl, boolean certain) {
    int silence = unanswered[ttl] + (certain ? SILENT_AFTER : 1);
    unanswered[ttl] = (byte) Math.min(silence, SILENT_AFTER);
  }

  void counted(int ttl, int questions, boolean gotAnswer) {
    asked[ttl] = (float) (asked[ttl] * MEMORY + questions);
    answered[ttl] = (float) (answered[ttl] * MEMORY + (gotAnswer ? 1 : 0));
  }

  void reached(int newDistance) {
    distance = newDistance;
    farthest = newDistance;
    misses = 0;
    refuted = false;
  }

  /** The target did not answer; where it was is kept, because it may be there again. */
  void missed(int newFarthest) {
    farthest = newFarthest;
    misses++;
    refuted = false;
  }

  private double ratio(int ttl) {
    return asked[ttl] == 0 ? 0 : answered[ttl] / asked[ttl];
  }

  private static long smoothed(long before, long now) {
    return before == 0 ? now : before + (now - before) / 4;
  }
}
