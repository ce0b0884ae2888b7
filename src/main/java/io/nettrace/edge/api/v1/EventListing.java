package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ApiCaller;
import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.Cursors;
import io.nettrace.edge.api.http.OwnCursors;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventRange;
import io.nettrace.scan.RecordOf;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a request wants: a range, or the next page of an earlier request. In order of {@code
 * known_at} it is a feed, whose end is only known once it is read, and whose cursor always goes on.
 *
 * @param records those that hold them; never another tenant's than the caller's
 * @param whose the same as a cursor holds it: one of them, or all that there are when it is read
 */
record EventListing(
    EventRange range,
    List<RecordOf> records,
    String whose,
    Set<EventView.Type> types,
    Optional<Last> last,
    int limit) {
  static final String[] PARAMETERS = {
    "start",
    "end",
    "limit",
    "cursor",
    "vantage_point",
    "host",
    "types",
    "fields",
    "order",
    "known_after"
  };
  private static final String NAME = "events";
  private static final String FEED = "event-feed";
  private static final Duration STANDARD_REACH = Duration.ofDays(1);
  private static final int STANDARD_LIMIT = 100;
  private static final int MOST = 500;
  private static final int PARTS = 9;
  private static final String ALL = "all";

  /** The record counts microseconds. */
  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

  /** Higher than any key, so that nothing of its moment comes after it. */
  private static final String LAST_KEY = "\uffff";

  /** The last event of the page before. */
  record Last(EventView.Type type, EventPosition position) {
    static Last of(EventView.Positioned end) {
      return new Last(end.type(), end.position());
    }

    /** Behind everything of that moment. */
    static Last endOf(Instant moment) {
      EventView.Type[] all = EventView.Type.values();
      return new Last(all[all.length - 1], new EventPosition(moment, LAST_KEY));
    }
  }

  static EventListing of(
      QueryParameters query,
      ApiCaller caller,
      Subjects subjects,
      OwnCursors cursors,
      TimeParameters times) {
    int limit = query.integer("limit", STANDARD_LIMIT, 1, MOST);
    return query
        .feedCursor(FEED, cursors)
        .map(parts -> polled(parts, subjects.records(caller), times, limit))
        .or(
            () ->
                query
                    .cursor(NAME, cursors)
                    .map(parts -> resumed(parts, subjects.records(caller), times, limit)))
        .orElseGet(() -> begun(query, caller, subjects, times, limit));
  }

  boolean isFeed() {
    return range.order() == EventRange.Order.PUBLISHED;
  }

  /** The same, of what was published until then. */
  EventListing until(Instant published) {
    return new EventListing(range.until(published.plus(TICK)), records, whose, types, last, limit);
  }

  /** After which moment a feed is read: where it was, or what the plan still shows. */
  Instant knownAfter() {
    Instant at = last.orElseThrow().position().at();
    return range.start().isAfter(at.plus(TICK)) ? range.start() : at;
  }

  /** The cursor that goes on after {@code end}, or where this began when there was nothing. */
  String feedCursor(Optional<EventView.Positioned> end, OwnCursors cursors) {
    return cursors.write(FEED, parts(end.map(Last::of).or(() -> last).orElseThrow()));
  }

  /** The same range in each of the records. */
  Stream<EventRange> ranges() {
    return records.stream().map(range::in);
  }

  /** Where the events of one type go on, so that all types together go on where they ended. */
  Optional<EventPosition> after(EventView.Type type) {
    return last.map(
        end -> {
          int order = type.compareTo(end.type());
          if (order == 0) {
            return end.position();
          }
          return new EventPosition(end.position().at(), order < 0 ? LAST_KEY : "");
        });
  }

  String cursor(EventView.Positioned end, OwnCursors cursors) {
    return cursors.write(NAME, parts(Last.of(end)));
  }

  private List<String> parts(Last end) {
    return List.of(
        range.targetId().orElse(""),
        range.vantagePoint().orElse(""),
        isFeed() ? "" : Micros.of(range.start()),
        isFeed() ? "" : Micros.of(range.end()),
        types.stream().map(Enum::name).collect(Collectors.joining(",")),
        end.type().name(),
        Micros.of(end.position().at()),
        end.position().key(),
        whose);
  }

  private static EventListing begun(
      QueryParameters query, ApiCaller caller, Subjects subjects, TimeParameters times, int limit) {
    Optional<ShownTarget> target = query.text("host").map(host -> subjects.target(caller, host));
    Optional<Instant> knownAfter = KnownOrder.after(query, times, STANDARD_REACH);
    Range range =
        knownAfter
            .map(after -> new Range(after.plus(TICK), after.plus(TICK)))
            .orElseGet(() -> times.range(query, STANDARD_REACH));
    EventRange wanted =
        new EventRange(
            target.map(ShownTarget::id), query.text("vantage_point"), range.start(), range.end());
    return new EventListing(
        knownAfter.isPresent() ? wanted.by(EventRange.Order.PUBLISHED) : wanted,
        target.map(one -> List.of(one.whose())).orElseGet(() -> subjects.records(caller)),
        target.map(one -> word(one.whose())).orElse(ALL),
        types(query),
        knownAfter.map(Last::endOf),
        limit);
  }

  private static Set<EventView.Type> types(QueryParameters query) {
    return query
        .text("types")
        .<Set<EventView.Type>>map(
            text ->
                EnumSet.copyOf(Arrays.stream(text.split(",", -1)).map(EventListing::type).toList()))
        .orElseGet(() -> EnumSet.allOf(EventView.Type.class));
  }

  private static EventView.Type type(String word) {
    return ConstantNames.find(EventView.Type.class, word.strip())
        .orElseThrow(
            () ->
                BadRequests.parameter(
                    "types",
                    "must be some of "
                        + String.join(", ", ConstantNames.all(EventView.Type.class))
                        + ", separated by commas"));
  }

  private static EventListing resumed(
      List<String> parts, List<RecordOf> records, TimeParameters times, int limit) {
    if (parts.size() != PARTS) {
      throw BadRequests.foreignCursor();
    }
    Range range = times.resumed(Micros.read(parts.get(2)), Micros.read(parts.get(3)));
    return restored(parts, range, EventRange.Order.OCCURRED, records, limit);
  }

  private static EventListing polled(
      List<String> parts, List<RecordOf> records, TimeParameters times, int limit) {
    if (parts.size() != PARTS) {
      throw BadRequests.foreignCursor();
    }
    Instant after = times.notBefore(Micros.read(parts.get(6)));
    return restored(parts, new Range(after, after), EventRange.Order.PUBLISHED, records, limit);
  }

  private static EventListing restored(
      List<String> parts, Range range, EventRange.Order order, List<RecordOf> records, int limit) {
    Collection<EventView.Type> types =
        Arrays.stream(parts.get(4).split(",", -1)).map(EventView.Type::valueOf).toList();
    return new EventListing(
        new EventRange(
                Cursors.text(parts.get(0)), Cursors.text(parts.get(1)), range.start(), range.end())
            .by(order),
        records.stream()
            .filter(one -> parts.get(8).equals(ALL) || parts.get(8).equals(word(one)))
            .toList(),
        parts.get(8),
        EnumSet.copyOf(types),
        Optional.of(
            new Last(
                EventView.Type.valueOf(parts.get(5)),
                new EventPosition(Micros.read(parts.get(6)), parts.get(7)))),
        limit);
  }

  private static String word(RecordOf record) {
    return switch (record) {
      case RecordOf.Catalogue _ -> "catalogue";
      case RecordOf.Own _ -> "own";
    };
  }
}
