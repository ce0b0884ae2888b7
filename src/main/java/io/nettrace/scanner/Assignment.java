package io.nettrace.scanner;

import java.util.List;

/**
 * What is measured from a vantage point until a scanner sees a higher {@code revision}; which part
 * of it is this scanner's, the {@code lease} says.
 */
public record Assignment(
    String vantagePoint,
    long revision,
    Cadence cadence,
    List<AssignedTarget> targets,
    Lease lease) {
  public Assignment {
    targets = List.copyOf(targets);
  }
}
