package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Query;
import io.nettrace.sample.Snapshot;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import java.util.Optional;

/** What a request asks about: a target, as seen from one vantage point. */
record Subject(ShownTarget target, VantagePoint vantagePoint, Optional<Standing> standing) {

  /** The one that was asked for, else the usual one; empty before the first scan. */
  static Optional<VantagePoint> vantagePoint(Query query, Snapshot snapshot) {
    return query
        .text("vantage_point")
        .map(
            name ->
                Optional.of(
                    snapshot
                        .vantagePoint(name)
                        .orElseThrow(() -> Refusals.unknownVantagePoint(name))))
        .orElseGet(snapshot::usualVantagePoint);
  }
}
