package io.nettrace.platform.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Rate-limited log: one line of a kind in a while, with how many were left out since the last. */
public final class SampledLog {
  private final Logger logger;
  private final Level level;
  private final Duration every;
  private final Clock clock;
  private final Map<String, Kind> kinds = new HashMap<>();

  private record Kind(Instant last, long leftOut) {}

  /** {@code kind} in {@link #log} is one of few words of the program, never of a request. */
  public SampledLog(Logger logger, Level level, Duration every, Clock clock) {
    this.logger = logger;
    this.level = level;
    this.every = every;
    this.clock = clock;
  }

  /** Writes the line, or counts it. */
  public synchronized void log(String kind, String line) {
    Instant now = clock.instant();
    Kind before = kinds.get(kind);
    if (before != null && before.last().plus(every).isAfter(now)) {
      kinds.put(kind, new Kind(before.last(), before.leftOut() + 1));
      return;
    }
    kinds.put(kind, new Kind(now, 0));
    long leftOut = before == null ? 0 : before.leftOut();
    logger.log(level, leftOut == 0 ? line : line + " (and " + leftOut + " more like it)");
  }
}
