package io.nettrace.prober.strategy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the way to one address by one protocol: how far it is, and for each hop who
 * answers, after which delay, and how reliably.
 */
final class Path {
  /** Traces in a row without an answer after which nobody waits for a hop any more. */
  private static final int SILENT_AFTER = 2;

  private static final int ENOUGH_QUESTIONS = 8;
  private static final double LIMITING_GAP = 0.15;
  private static final double MEMORY = 0.9;

  private final long[] rtt = new long[Rules.TTL_LIMIT + 1];
  private final @Nullable Router[] router = new Router[Rules.TTL_LIMIT + 1];
  private final byte[] unanswered = new byte[Rules.TTL_LIMIT + 1];
  private final float[] asked = new float[Rules.TTL_LIMIT + 1];
  private final float[] answered = new float[Rules.TTL_LIMIT + 1];
  private @Nullable Destination destination;
  private int distance;
  private int farthest;
  private long targetRtt;

  /** Where its probes went the last time; null before the first. */
  @Nullable Destination destination() {
    return destination;
  }

  void destination(Destination to) {
    destination = to;
  }

  boolean isKnown() {
    return farthest > 0;
  }

  /** TTL at which the target answers; 0 when it did not the last time. */
  int distance() {
    return distance;
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

  @Nullable Router router(int ttl) {
    return isSilent(ttl) ? null : router[ttl];
  }

  /** It leaves many questions unanswered although packets pass it. */
  boolean limitsAnswers(int ttl) {
    if (asked[ttl] < ENOUGH_QUESTIONS || farthest == 0) {
      return false;
    }
    return ratio(ttl) < ratio(farthest) - LIMITING_GAP;
  }

  void targetAnswered(long nanos) {
    targetRtt = smoothed(targetRtt, nanos);
  }

  void answered(int ttl, Router from, long nanos) {
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

  void length(int newDistance, int newFarthest) {
    distance = newDistance;
    farthest = newFarthest;
  }

  private double ratio(int ttl) {
    return asked[ttl] == 0 ? 0 : answered[ttl] / asked[ttl];
  }

  private static long smoothed(long before, long now) {
    return before == 0 ? now : before + (now - before) / 4;
  }
}
