package io.nettrace.lab.scenario;

import java.util.List;

/**
 * A simulated internet as one vantage point sees it.
 *
 * @param seed makes every random choice of the lab repeatable
 * @param networks who holds which addresses, and where; for people and for geolocation
 */
public record Scenario(
    String name,
    long seed,
    Vantage vantage,
    List<AddressBlock> networks,
    List<LabRouter> routers,
    List<LabDestination> destinations,
    Programme programme) {

  public Scenario {
    networks = List.copyOf(networks);
    routers = List.copyOf(routers);
    destinations = List.copyOf(destinations);
  }
}
