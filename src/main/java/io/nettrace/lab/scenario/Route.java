package io.nettrace.lab.scenario;

import java.util.List;

/** The routers on the way to a destination, nearest first, and the delay to its very end. */
public record Route(List<Step> steps, double rttMillis) {
  public Route {
    steps = List.copyOf(steps);
  }

  /** Hops from the vantage point to the destination, itself included. */
  public int distance() {
    return steps.size() + 1;
  }
}
