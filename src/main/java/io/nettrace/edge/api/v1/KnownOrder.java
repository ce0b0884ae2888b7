package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The order in which things became known, which is what a poller goes by: they are measured, sent
 * and stored later than they happen, some much later than others.
 */
final class KnownOrder {
  static final String ORDER = "order";
  static final String AFTER = "known_after";

  /** The words of the parameter {@code order}. */
  enum By {
    AT,
    KNOWN_AT
  }

  private KnownOrder() {}

  /** After which moment is asked for, if it is asked for in this order. */
  static Optional<Instant> after(QueryParameters query, TimeParameters times, Duration reach) {
    Optional<By> order = query.choice(ORDER, By.class);
    Optional<Instant> after = times.time(query, AFTER);
    if (order.equals(Optional.of(By.AT)) && after.isPresent()) {
      throw BadRequests.parameter(AFTER, "goes with order=known_at, not with order=at");
    }
    boolean wanted = after.isPresent() || order.equals(Optional.of(By.KNOWN_AT));
    if (!wanted) {
      return Optional.empty();
    }
    for (String name : new String[] {"start", "end", "as_of"}) {
      if (query.has(name)) {
        throw BadRequests.parameter(
            name, "does not go with order=known_at, whose range begins at known_after");
      }
    }
    return Optional.of(after.orElseGet(() -> times.begin(reach)).truncatedTo(ChronoUnit.MICROS));
  }
}
