package io.nettrace.edge.api.v1;

import io.nettrace.sample.Position;
import io.nettrace.sample.Selection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Which rows of a listing a request wants: a range, or the next page of an earlier request. */
record Listing(Selection selection, Optional<Position> position, int limit) {
  static final String[] PARAMETERS = {"start", "end", "limit", "cursor", "vantage_point"};
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST = 500;

  static Listing of(
      String name, Query query, Subject subject, Duration reach, Cursors cursors, Clock clock) {
    int limit = query.integer("limit", STANDARD_LIMIT, 1, MOST);
    return query
        .text("cursor")
        .map(text -> resumed(name, text, query, subject, limit, cursors))
        .orElseGet(() -> new Listing(range(query, subject, reach, clock), Optional.empty(), limit));
  }

  /**
   * The range that a query asks for; without an end until now, without a start {@code reach} long.
   */
  static Selection range(Query query, Subject subject, Duration reach, Clock clock) {
    Instant end = query.time("end").orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MICROS));
    Instant start = query.time("start").orElseGet(() -> end.minus(reach));
    if (!start.isBefore(end)) {
      throw Refusals.parameter("start", "must be before end");
    }
    return new Selection(subject.target().id(), subject.vantagePoint().name(), start, end);
  }

  private static Listing resumed(
      String name, String text, Query query, Subject subject, int limit, Cursors cursors) {
    if (query.text("start").isPresent() || query.text("end").isPresent()) {
      throw Refusals.parameter("cursor", "already holds the range; leave out start and end");
    }
    return cursors
        .read(text)
        .filter(
            cursor ->
                cursor.listing().equals(name)
                    && cursor.selection().targetId().equals(subject.target().id()))
        .map(cursor -> new Listing(cursor.selection(), Optional.of(cursor.position()), limit))
        .orElseThrow(() -> Refusals.parameter("cursor", "is not one that this address gave out"));
  }
}
