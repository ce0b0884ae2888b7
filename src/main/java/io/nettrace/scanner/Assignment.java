package io.nettrace.scanner;

import java.util.List;

/** What one scanner is to measure until it sees a higher {@code revision}. */
public record Assignment(
    String vantagePoint, long revision, Cadence cadence, List<AssignedTarget> targets) {
  public Assignment {
    targets = List.copyOf(targets);
  }
}
