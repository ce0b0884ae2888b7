package io.nettrace.desk;

import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far back a plan shows the record at one moment. A time that is asked for and lies further
 * back is denied and said; a range that is only assumed ends here.
 */
public record Horizon(Plan plan, Plans plans, Instant now) {
  /** Clocks differ, and a request takes a while: yesterday at this time is a day ago. */
  public static final Duration LENIENCE = Duration.ofMinutes(5);

  /** The earliest time that is shown. */
  public Instant earliest() {
    return now.minus(plan.history());
  }

  /** Whether the plan shows this time. */
  public boolean shows(Instant time) {
    return !time.isBefore(earliest().minus(LENIENCE));
  }

  /** Whether the plan shows as long a past. */
  public boolean reaches(Duration past) {
    return past.compareTo(plan.history()) <= 0;
  }

  /** The first plan that shows as long a past. */
  public Optional<Plan> cheapestReaching(Duration past) {
    return plans.cheapestWithHistory(past);
  }

  /** The time, if the plan shows it. */
  public Instant seen(Instant asked) {
    if (!shows(asked)) {
      Duration back = Duration.between(asked, now).minus(LENIENCE);
      throw new DeniedException(new Decision.BeyondHorizon(plan, back, cheapestReaching(back)));
    }
    return asked;
  }

  /** Whether the time is still to come, by more than clocks differ. */
  public boolean isFuture(Instant time) {
    return time.isAfter(now.plus(LENIENCE));
  }

  /** Beginning of what is shown without being asked: {@code reach} ago, or the earliest. */
  public Instant begin(Duration reach) {
    Instant begin = now.minus(reach);
    return begin.isBefore(earliest()) ? earliest() : begin;
  }

  /** The time, or the earliest that is shown. */
  public Instant notBefore(Instant time) {
    Instant earliest = earliest().minus(LENIENCE);
    return time.isBefore(earliest) ? earliest : time;
  }
}
