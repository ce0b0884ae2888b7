package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.AccessRefusals;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.Query;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far back a plan shows measurements at one moment. A time that a request names and that lies
 * further back is refused; a range that is only assumed ends there.
 */
record Horizon(Plan plan, Plans plans, Instant now) {
  /** Clocks differ, and a request takes a while: yesterday at this time is a day ago. */
  private static final Duration LENIENCE = Duration.ofMinutes(5);

  /** The time, if the plan shows it. */
  Instant seen(Instant asked) {
    if (asked.isBefore(earliest().minus(LENIENCE))) {
      Duration back = Duration.between(asked, now).minus(LENIENCE);
      throw AccessRefusals.history(plan, back, plans.cheapestWithHistory(back));
    }
    return asked;
  }

  /** A moment that has come, as far back as the plan shows. */
  Optional<Instant> time(Query query, String name) {
    return query.time(name).map(time -> seen(past(name, time)));
  }

  /** The time, if it has come. */
  Instant past(String name, Instant time) {
    if (time.isAfter(now.plus(LENIENCE))) {
      throw BadRequests.parameter(
          name, "must not lie in the future; now it is " + now.truncatedTo(ChronoUnit.SECONDS));
    }
    return time;
  }

  /** The moment whose knowledge is asked for. */
  Optional<Instant> asOf(Query query) {
    return query.asOf(now).map(this::seen);
  }

  /** What a query asks for; without an end until now, without a start {@code reach} long. */
  Range range(Query query, Duration reach) {
    Instant end =
        query
            .time("end")
            .map(time -> past("end", time))
            .orElseGet(() -> now.truncatedTo(ChronoUnit.MICROS));
    Optional<Instant> start = query.time("start").map(time -> past("start", time));
    Range range = Range.of(start.orElseGet(() -> end.minus(reach)), end);
    seen(start.isPresent() ? range.start() : range.end());
    return start.isPresent() ? range : range.notBefore(earliest());
  }

  /**
   * What is left of a range that an earlier page began with: what has sunk below the horizon while
   * the cursor was good is still shown.
   */
  Range resumed(Instant start, Instant end) {
    return new Range(start, end).notBefore(earliest().minus(LENIENCE).minus(Cursors.GOOD_FOR));
  }

  /** Where a feed begins without being told: {@code reach} ago, or as far back as can be seen. */
  Instant begin(Duration reach) {
    Instant begin = now.minus(reach);
    return begin.isBefore(earliest()) ? earliest() : begin;
  }

  /** The time, or the earliest that is shown. */
  Instant notBefore(Instant time) {
    Instant earliest = earliest().minus(LENIENCE);
    return time.isBefore(earliest) ? earliest : time;
  }

  private Instant earliest() {
    return now.minus(plan.history());
  }
}
