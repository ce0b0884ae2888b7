package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.metric.Protocol;
import io.nettrace.sample.Position;
import io.nettrace.sample.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which rows of one target a request wants: a range, or the next page of an earlier request.
 *
 * @param asOf the record as it was known then; empty for as it is known now
 */
record BurstListing(
    String name,
    Selection selection,
    Optional<Instant> asOf,
    Optional<Position> position,
    int limit) {
  static final List<String> PARAMETERS =
      List.of(
          "start",
          "end",
          "limit",
          "cursor",
          "vantage_point",
          "fields",
          KnownOrder.ORDER,
          KnownOrder.AFTER);
  static final List<String> WITH_METHOD =
      Stream.concat(PARAMETERS.stream(), Stream.of("as_of", "method")).toList();
  static final int STANDARD_LIMIT = 100;
  static final int MOST = 500;

  /** Which part of any cursor of one target's names the vantage point. */
  static final int VANTAGE_POINT = 1;

  private static final int PARTS = 9;

  static BurstListing of(
      String name,
      QueryParameters query,
      Subject subject,
      Duration reach,
      OwnCursors cursors,
      TimeParameters times) {
    int limit = query.integer("limit", STANDARD_LIMIT, 1, MOST);
    return query
        .cursor(name, cursors)
        .map(parts -> resumed(name, parts, subject, times, limit))
        .orElseGet(
            () ->
                new BurstListing(
                    name,
                    selection(query, subject, reach, times),
                    times.asOf(query),
                    Optional.empty(),
                    limit));
  }

  /** Where the page before was measured from, if the query goes on from one, of a feed or not. */
  static Optional<String> vantagePoint(String name, QueryParameters query, OwnCursors cursors) {
    return query
        .feedCursor(KnownListing.feed(name), cursors)
        .or(() -> query.cursor(name, cursors))
        .filter(parts -> parts.size() > VANTAGE_POINT)
        .map(parts -> parts.get(VANTAGE_POINT));
  }

  /** What a query asks for of one target. */
  static Selection selection(
      QueryParameters query, Subject subject, Duration reach, TimeParameters times) {
    Range range = times.range(query, reach);
    return new Selection(
        subject.target().whose(),
        subject.target().id(),
        subject.vantagePoint().name(),
        range.start(),
        range.end(),
        query.choice("method", Protocol.class));
  }

  /** The cursor of the page that follows. */
  String after(Position last, OwnCursors cursors) {
    return cursors.write(
        name,
        List.of(
            selection.targetId(),
            selection.vantagePoint(),
            Micros.of(selection.start()),
            Micros.of(selection.end()),
            selection.method().map(Protocol::name).orElse(""),
            asOf.map(Micros::of).orElse(""),
            Micros.of(last.observedAt()),
            last.method(),
            last.address()));
  }

  private static BurstListing resumed(
      String name, List<String> parts, Subject subject, TimeParameters times, int limit) {
    if (parts.size() != PARTS || !parts.getFirst().equals(subject.target().id())) {
      throw BadRequests.foreignCursor();
    }
    Range range = times.resumed(Micros.read(parts.get(2)), Micros.read(parts.get(3)));
    Selection selection =
        new Selection(
            subject.target().whose(),
            parts.get(0),
            parts.get(VANTAGE_POINT),
            range.start(),
            range.end(),
            Cursors.text(parts.get(4)).map(Protocol::valueOf));
    return new BurstListing(
        name,
        selection,
        Cursors.text(parts.get(5)).map(Micros::read),
        Optional.of(new Position(Micros.read(parts.get(6)), parts.get(7), parts.get(8))),
        limit);
  }
}
