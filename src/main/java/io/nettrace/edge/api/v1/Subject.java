package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.Query;
import io.nettrace.sample.Snapshot;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import io.nettrace.target.Target;
import io.nettrace.target.Targets;
import java.util.Optional;

/** What a request asks about: a target, as seen from one vantage point. */
record Subject(Target target, VantagePoint vantagePoint, Optional<Standing> standing) {

  /** Finds it, or refuses: the host must be measured, from here or anywhere. */
  static Subject of(String host, Query query, Targets targets, Snapshot snapshot) {
    Target target = targets.byHost(host).orElseThrow(() -> Refusals.unknownHost(host));
    VantagePoint from =
        vantagePoint(query, snapshot).orElseThrow(() -> Refusals.notMeasuredYet(target.host()));
    return new Subject(target, from, snapshot.standing(target.id(), from));
  }

  /** The one that was asked for, else the one that measured last; empty before the first scan. */
  static Optional<VantagePoint> vantagePoint(Query query, Snapshot snapshot) {
    return query
        .text("vantage_point")
        .map(
            name ->
                Optional.of(
                    snapshot
                        .vantagePoint(name)
                        .orElseThrow(() -> Refusals.unknownVantagePoint(name))))
        .orElseGet(snapshot::newestVantagePoint);
  }
}
