package io.nettrace.route;

import io.nettrace.geo.AsStep;
import io.nettrace.sample.HopSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * The path that was in force at an instant, as far as it was kept.
 *
 * @param snapshot the newest trace before the instant that was kept hop by hop
 * @param since the change that brought the route; empty when none is on record
 */
public record PathAt(HopSnapshot snapshot, List<AsStep> asPath, Optional<RecordedChange> since) {
  public PathAt {
    asPath = List.copyOf(asPath);
  }
}
