package io.nettrace.catalog;

import java.time.Duration;

/**
 * How many packets a target costs. Implemented by the component that says how targets are measured.
 */
public interface ProbingCost {
  double packetsPerMinute(Duration burstEvery);
}
