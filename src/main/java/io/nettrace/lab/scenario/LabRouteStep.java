package io.nettrace.lab.scenario;

import java.util.List;

/**
 * One distance on a route. Several hops share the load; neighbouring steps of equally many hops are
 * one balancer's parallel branches, so that a flow stays on its branch.
 *
 * @param hops ids of routers
 * @param rttMillis round-trip delay from the vantage point to here, without variation
 */
public record LabRouteStep(List<String> hops, double rttMillis, Balance balance) {

  /** What a load balancer keeps together. */
  public enum Balance {
    /** Packets of one flow take one branch. */
    FLOW,
    /** Every packet takes any branch. */
    PACKET
  }

  public LabRouteStep {
    hops = List.copyOf(hops);
  }

  public static LabRouteStep of(String hop, double rttMillis) {
    return new LabRouteStep(List.of(hop), rttMillis, Balance.FLOW);
  }
}
