package io.nettrace.catalog;

import java.util.List;

/** What came of a change to a tenant's targets. */
public sealed interface TargetOutcome {
  record Saved(CustomTarget target) implements TargetOutcome {}

  record Removed() implements TargetOutcome {}

  /** Nothing was changed; each fault names its field. */
  record Invalid(List<Fault> faults) implements TargetOutcome {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /** Nothing was changed because the plan does not reach so far. */
  record Exceeds(Limit limit, long allowed, long wanted) implements TargetOutcome {}

  /** There is one with the same host and port. */
  record Duplicate(String host, int port) implements TargetOutcome {}

  /** Somebody changed it meanwhile; {@code version} is the present one. */
  record Stale(int version) implements TargetOutcome {}

  record Missing() implements TargetOutcome {}

  /** What is wrong with one field, in words for its author. */
  record Fault(String field, String reason) {}

  /** What a plan bounds. */
  enum Limit {
    COUNT,
    /** In seconds; the smaller the faster. */
    INTERVAL,
    PACKETS_PER_MINUTE
  }
}
