package io.nettrace.route;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the tracker knows of one (target, vantage point, method, address).
 *
 * @param current the route in force
 * @param rumoured addresses seen once at a hop of the route; a second sight makes them part of it
 * @param candidate what may replace it
 * @param replacement what may replace the members of a balanced hop
 * @param earlier routes that were in force before, the latest first
 * @param tracedAt when the last trace that was taken into account began
 * @param rttNanos delay to the target in the last trace over the route in force
 */
public record RouteState(
    Route current,
    CanonicalPath rumoured,
    Optional<Candidate> candidate,
    Optional<Replacement> replacement,
    List<Route> earlier,
    Instant tracedAt,
    OptionalLong rttNanos) {
  public RouteState {
    earlier = List.copyOf(earlier);
  }

  RouteState with(Candidate waiting, Instant at) {
    return new RouteState(
        current, rumoured, Optional.of(waiting), replacement, earlier, at, rttNanos);
  }

  RouteState with(Route route, CanonicalPath rumours, Instant at, OptionalLong rtt) {
    return new RouteState(
        route,
        rumours,
        Optional.empty(),
        replacement,
        earlier,
        at,
        rtt.isPresent() ? rtt : rttNanos);
  }

  RouteState with(Optional<Replacement> newcomers) {
    return new RouteState(current, rumoured, candidate, newcomers, earlier, tracedAt, rttNanos);
  }
}
