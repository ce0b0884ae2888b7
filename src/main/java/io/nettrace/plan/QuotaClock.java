package io.nettrace.plan;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The two clocks of quotas: one that says which day it is, one that says how long ago. */
final class QuotaClock implements TimeMeter {
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final Clock clock;
  private final LongSupplier nanos;

  QuotaClock(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Days since 1970-01-01, UTC. */
  long day() {
    return Math.floorDiv(clock.millis(), DAY_MILLIS);
  }

  long seconds() {
    return TimeUnit.MILLISECONDS.toSeconds(clock.millis());
  }

  long nanos() {
    return nanos.getAsLong();
  }

  @Override
  public long currentTimeNanos() {
    return nanos();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
