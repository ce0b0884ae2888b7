package io.nettrace.route;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A route gave way to another, and a second trace confirmed it.
 *
 * @param tenant whose target it is; empty for the catalogue
 * @param vantagePoint from where it is seen
 * @param simulated true when it was measured in the lab
 * @param targetId identifier of the target
 * @param host name that is measured
 * @param method how it was traced
 * @param address that was traced
 * @param kind which level of the path changed
 * @param routeBefore hash of the old route
 * @param routeAfter hash of the new route
 * @param observedAt when the first trace over the new route began
 * @param confirmedAt when the confirming trace began
 * @param rttNanosBefore delay in the last trace over the old route
 * @param rttNanosAfter delay in the confirming trace
 */
@EventType(
    value = "route.changed",
    when = "A second trace confirmed that another route is in force; recorded with the trace.")
public record RouteChanged(
    Optional<UUID> tenant,
    String vantagePoint,
    boolean simulated,
    String targetId,
    String host,
    Protocol method,
    String address,
    RouteChange.Kind kind,
    String routeBefore,
    String routeAfter,
    Instant observedAt,
    Instant confirmedAt,
    OptionalLong rttNanosBefore,
    OptionalLong rttNanosAfter)
    implements RouteEvent {
  @Override
  public String subject() {
    return targetId;
  }
}
