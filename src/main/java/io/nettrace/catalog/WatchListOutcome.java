package io.nettrace.catalog;

import io.nettrace.catalog.TargetOutcome.Fault;
import java.util.List;

/** What came of a change to a tenant's watch lists. */
public sealed interface WatchListOutcome {
  record Saved(WatchList list) implements WatchListOutcome {}

  record Removed() implements WatchListOutcome {}

  /** Nothing was changed; each fault names its field. */
  record Invalid(List<Fault> faults) implements WatchListOutcome {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /** There is one of this name. */
  record Duplicate(String name) implements WatchListOutcome {}

  /** A tenant has no more lists than this. */
  record TooMany(int most) implements WatchListOutcome {}

  /** Somebody changed it meanwhile; {@code version} is the present one. */
  record Stale(int version) implements WatchListOutcome {}

  record Missing() implements WatchListOutcome {}
}
