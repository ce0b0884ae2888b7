package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.time.TimeText;
import io.nettrace.sample.KnownPosition;
import io.nettrace.sample.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a poller wants of one target: what became known after a moment, or after its last page.
 *
 * @param selection what of it the plan shows, by the time at which it was measured
 * @param knownAfter all items become known later; not the position's time once the plan does not
 *     show that any more
 */
record KnownListing(
    String name, Selection selection, Instant knownAfter, KnownPosition position, int limit) {
  private static final int PARTS = 6;

  /** Empty when the query asks for a range or the next page of one. */
  static Optional<KnownListing> of(
      String name,
      QueryParameters query,
      Subject subject,
      Duration reach,
      OwnCursors cursors,
      TimeParameters times) {
    int limit = query.integer("limit", BurstListing.STANDARD_LIMIT, 1, BurstListing.MOST);
    Optional<KnownListing> resumed =
        query
            .feedCursor(feed(name), cursors)
            .map(parts -> resumed(name, parts, subject, times, limit));
    return resumed.isPresent() || query.has("cursor")
        ? resumed
        : KnownOrder.after(query, times, reach)
            .map(after -> begun(name, query, subject, times, after, limit));
  }

  /** The cursor that goes on after {@code last}, or where this began when there was nothing. */
  String cursor(Optional<KnownPosition> last, OwnCursors cursors) {
    KnownPosition end = last.orElse(position);
    return cursors.write(
        feed(name),
        List.of(
            selection.targetId(),
            selection.vantagePoint(),
            selection.method().map(Protocol::name).orElse(""),
            Micros.of(end.knownAt()),
            end.row().map(row -> Micros.of(row.observedAt())).orElse(""),
            end.row().map(KnownPosition.Row::key).orElse("")));
  }

  static String feed(String name) {
    return name + "-feed";
  }

  private static KnownListing begun(
      String name,
      QueryParameters query,
      Subject subject,
      TimeParameters times,
      Instant after,
      int limit) {
    return new KnownListing(
        name,
        selection(
            subject, subject.vantagePoint().name(), query.choice("method", Protocol.class), times),
        after,
        KnownPosition.after(after),
        limit);
  }

  private static KnownListing resumed(
      String name, List<String> parts, Subject subject, TimeParameters times, int limit) {
    if (parts.size() != PARTS || !parts.getFirst().equals(subject.target().id())) {
      throw BadRequests.foreignCursor();
    }
    Instant knownAt = Micros.read(parts.get(3));
    Optional<KnownPosition.Row> row =
        Cursors.text(parts.get(4))
            .map(micros -> new KnownPosition.Row(Micros.read(micros), parts.get(5)));
    return new KnownListing(
        name,
        selection(
            subject,
            parts.get(BurstListing.VANTAGE_POINT),
            Cursors.text(parts.get(2)).map(Protocol::valueOf),
            times),
        times.notBefore(knownAt),
        new KnownPosition(knownAt, row),
        limit);
  }

  private static Selection selection(
      Subject subject, String vantagePoint, Optional<Protocol> method, TimeParameters times) {
    return new Selection(
        subject.target().whose(),
        subject.target().id(),
        vantagePoint,
        times.notBefore(Instant.EPOCH),
        TimeText.LATEST,
        method);
  }

  /** Where reading begins: the position, or what the plan still shows. */
  KnownPosition from() {
    return knownAfter.isAfter(position.knownAt()) ? KnownPosition.after(knownAfter) : position;
  }
}
