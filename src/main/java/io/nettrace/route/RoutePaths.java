package io.nettrace.route;

import io.nettrace.geo.Places;
import io.nettrace.platform.Service;
import io.nettrace.sample.History;
import io.nettrace.sample.HopSnapshot;
import io.nettrace.sample.Selection;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Paths of the past, and what differs between two of them. */
@Service
public class RoutePaths {
  private static final Duration LONGEST_IN_FORCE = Duration.ofDays(730);

  private final History history;
  private final RouteChanges changes;
  private final Places places;

  @Inject
  RoutePaths(History history, RouteChanges changes, Places places) {
    this.history = history;
    this.changes = changes;
    this.places = places;
  }

  /** The path in force at {@code at}; empty when none was kept by then. */
  public Optional<PathAt> at(String targetId, VantagePoint from, Instant at) {
    return at(RecordOf.CATALOGUE, targetId, from, at);
  }

  /** The same in the record of {@code whose}. */
  public Optional<PathAt> at(RecordOf whose, String targetId, VantagePoint from, Instant at) {
    return history
        .hopsAt(whose, targetId, from.name(), at)
        .map(kept -> path(whose, targetId, from, at, kept));
  }

  /** What differs between the hops of two kept paths. */
  public PathDiff diff(PathAt before, PathAt after, VantagePoint from) {
    return PathDiff.of(
        before.snapshot().hops(), after.snapshot().hops(), places.origins(from.simulated()));
  }

  private PathAt path(
      RecordOf whose, String targetId, VantagePoint from, Instant at, HopSnapshot kept) {
    return new PathAt(
        kept,
        places.asPath(kept.hops(), from.simulated()),
        changes.newest(
            new Selection(targetId, from.name(), at.minus(LONGEST_IN_FORCE), at.plusNanos(1000))
                .in(whose)));
  }
}
