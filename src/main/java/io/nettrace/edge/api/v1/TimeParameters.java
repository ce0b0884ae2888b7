package io.nettrace.edge.api.v1;

import io.nettrace.desk.Horizon;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times that a query names, none of them in the future or beyond the caller's horizon. */
record TimeParameters(Horizon horizon) {

  /** A moment that has come, as far back as the plan shows. */
  Optional<Instant> time(QueryParameters query, String name) {
    return query.time(name).map(time -> seen(past(name, time)));
  }

  /** The time, if it has come. */
  Instant past(String name, Instant time) {
    if (horizon.isFuture(time)) {
      throw BadRequests.parameter(
          name,
          "must not lie in the future; now it is " + horizon.now().truncatedTo(ChronoUnit.SECONDS));
    }
    return time;
  }

  /** The moment whose knowledge is asked for. */
  Optional<Instant> asOf(QueryParameters query) {
    return query.asOf(horizon.now()).map(this::seen);
  }

  /** What a query asks for; without an end until now, without a start {@code reach} long. */
  Range range(QueryParameters query, Duration reach) {
    Instant end =
        query
            .time("end")
            .map(time -> past("end", time))
            .orElseGet(() -> horizon.now().truncatedTo(ChronoUnit.MICROS));
    Optional<Instant> start = query.time("start").map(time -> past("start", time));
    Range range = Range.of(start.orElseGet(() -> end.minus(reach)), end);
    seen(start.isPresent() ? range.start() : range.end());
    return start.isPresent() ? range : range.notBefore(horizon.earliest());
  }

  /**
   * What is left of a range that an earlier page began with: what has sunk below the horizon while
   * the cursor was good is still shown.
   */
  Range resumed(Instant start, Instant end) {
    return new Range(start, end)
        .notBefore(horizon.earliest().minus(Horizon.LENIENCE).minus(Cursors.GOOD_FOR));
  }

  /** The time, if the plan shows it. */
  Instant seen(Instant asked) {
    return horizon.seen(asked);
  }

  /** Beginning of a feed without one being named. */
  Instant begin(Duration reach) {
    return horizon.begin(reach);
  }

  /** The time, or the earliest that is shown. */
  Instant notBefore(Instant time) {
    return horizon.notBefore(time);
  }
}
