package io.nettrace.identity;

import java.time.Duration;

/**
 * What a tenant demands of its people's sessions.
 *
 * @param idle how long a session lives unused; whole minutes, 5 minutes to 24 hours
 * @param absolute how long a session lives at most; whole minutes, 15 minutes to 7 days
 * @param requireSecondFactor whether sessions without a second factor may do nothing
 */
public record TenantPolicy(Duration idle, Duration absolute, boolean requireSecondFactor) {
  public static final Duration LEAST_IDLE = Duration.ofMinutes(5);
  public static final Duration MOST_IDLE = Duration.ofHours(24);
  public static final Duration LEAST_ABSOLUTE = Duration.ofMinutes(15);
  public static final Duration MOST_ABSOLUTE = Duration.ofDays(7);

  /** Whether a tenant may have it. */
  public boolean isAllowed() {
    return isWithin(idle, LEAST_IDLE, MOST_IDLE)
        && isWithin(absolute, LEAST_ABSOLUTE, MOST_ABSOLUTE)
        && idle.compareTo(absolute) <= 0;
  }

  private static boolean isWithin(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0
        && value.compareTo(most) <= 0
        && value.equals(Duration.ofMinutes(value.toMinutes()));
  }
}
