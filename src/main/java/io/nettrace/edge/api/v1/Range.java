package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.platform.time.TimeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** From {@code start} until before {@code end}. */
record Range(Instant start, Instant end) {
  /** What is older than this hardly changes any more. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  static Range of(Instant start, Instant end) {
    check("end", end);
    check("start", start);
    if (!start.isBefore(end)) {
      throw BadRequests.parameter("start", "must be before end");
    }
    return new Range(start, end);
  }

  /** What of it is not earlier; nothing, at that moment, when all of it is. */
  Range notBefore(Instant earliest) {
    if (!start.isBefore(earliest)) {
      return this;
    }
    return earliest.isBefore(end) ? new Range(earliest, end) : new Range(end, end);
  }

  Duration length() {
    return Duration.between(start, end);
  }

  /** How long a client may keep what it was told of a range that ends then. */
  static String cacheControl(Instant end, boolean pinned, Clock clock) {
    if (pinned) {
      return CachedAnswer.IMMUTABLE;
    }
    return end.isBefore(clock.instant().minus(SETTLED))
        ? CachedAnswer.PAST
        : CachedAnswer.ALWAYS_ASK;
  }

  private static void check(String name, Instant time) {
    if (TimeText.of(time) instanceof TimeText.Bad(String reason)) {
      throw BadRequests.parameter(name, reason);
    }
  }
}
