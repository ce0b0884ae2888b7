package io.nettrace.lab.scenario;

import java.util.List;

/** The routers on the way to a destination, nearest first, and the delay to its very end. */
public record LabRoute(List<LabRouteStep> steps, double rttMillis) {
  public LabRoute {
    steps = List.copyOf(steps);
  }

  /** Hops from the vantage point to the destination, itself included. */
  public int distance() {
    return steps.size() + 1;
  }
}
