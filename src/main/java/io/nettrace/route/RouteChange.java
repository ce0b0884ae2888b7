package io.nettrace.route;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A route gave way to another, and a second trace confirmed it.
 *
 * @param observedAt when the first trace over the new route began
 * @param confirmedAt when the confirming trace began
 * @param rttNanosBefore delay in the last trace over the old route
 * @param rttNanosAfter delay in the confirming trace
 */
public record RouteChange(
    Kind kind,
    Route before,
    Route after,
    Instant observedAt,
    Instant confirmedAt,
    OptionalLong rttNanosBefore,
    OptionalLong rttNanosAfter) {

  /** On which level the path changed. */
  public enum Kind {
    /** Other autonomous systems are passed. */
    AS_PATH,
    /** Other routers, as far as known of the same autonomous systems. */
    IP_PATH,
    /** Only the members of load-balanced hops were exchanged. */
    BALANCED
  }
}
