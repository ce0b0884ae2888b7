package io.nettrace.route;

import io.nettrace.platform.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The name service sent a host's visitors to other addresses.
 *
 * @param tenant whose target it is; empty for the catalogue
 * @param vantagePoint from where it is seen
 * @param simulated true when it was measured in the lab
 * @param targetId identifier of the target
 * @param host name that is measured
 * @param kind whether the probed address changed, or only the others
 * @param observedAt when the new answer was given
 * @param addressesBefore all addresses, the probed one first
 * @param addressesAfter all addresses, the probed one first
 * @param returning the address probed now was among an answer before
 */
@EventType(
    value = "edge.moved",
    when = "An answer of the name service differs from those before it; recorded with the answer.")
public record EdgeMoved(
    Optional<UUID> tenant,
    String vantagePoint,
    boolean simulated,
    String targetId,
    String host,
    EdgeMove.Kind kind,
    Instant observedAt,
    List<String> addressesBefore,
    List<String> addressesAfter,
    boolean returning)
    implements RouteEvent {
  public EdgeMoved {
    addressesBefore = List.copyOf(addressesBefore);
    addressesAfter = List.copyOf(addressesAfter);
  }

  @Override
  public String subject() {
    return targetId;
  }
}
