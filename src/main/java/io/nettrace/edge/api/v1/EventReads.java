package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.v1.EventView.Positioned;
import io.nettrace.platform.Service;
import io.nettrace.route.EdgeMoves;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventRange;
import io.nettrace.route.RouteChanges;
import io.nettrace.signal.Deviations;
import io.nettrace.signal.EventFeed;
import io.nettrace.signal.VantageEvents;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Events of all types and records, merged into one order. */
@Service
public class EventReads {
  private static final Comparator<Positioned> ORDER =
      Comparator.<Positioned, Instant>comparing(event -> event.position().at())
          .thenComparing(Positioned::type)
          .thenComparing(event -> event.position().key());

  private final RouteChanges changes;
  private final Deviations deviations;
  private final EdgeMoves moves;
  private final VantageEvents faults;
  private final EventFeed feed;

  /** One kind of event's listing. */
  @FunctionalInterface
  private interface Source<T> {
    List<T> list(EventRange range, Optional<EventPosition> position, int limit);
  }

  /**
   * A page of a feed.
   *
   * @param until nothing that is not among the events or the next page's can be known before
   */
  record Polled(List<Positioned> events, boolean more, Instant until) {
    Optional<Positioned> last() {
      return events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
    }
  }

  @Inject
  EventReads(
      RouteChanges changes,
      Deviations deviations,
      EdgeMoves moves,
      VantageEvents faults,
      EventFeed feed) {
    this.changes = changes;
    this.deviations = deviations;
    this.moves = moves;
    this.faults = faults;
    this.feed = feed;
  }

  /** What became known since the poller was here. */
  Polled poll(EventListing listing) {
    Instant until = published(listing);
    List<Positioned> found = list(listing.until(until));
    if (found.size() <= listing.limit()) {
      return new Polled(found, false, until);
    }
    List<Positioned> shown = found.subList(0, listing.limit());
    return new Polled(shown, true, shown.getLast().view().knownAt());
  }

  /** The page, and one event more when there is a next one. */
  List<Positioned> list(EventListing listing) {
    return Stream.of(
            events(listing, EventView.Type.ROUTE_CHANGE, changes::list, EventView::of),
            events(listing, EventView.Type.DEVIATION, deviations::list, EventView::of),
            events(listing, EventView.Type.EDGE_MOVE, moves::list, EventView::of),
            events(listing, EventView.Type.VANTAGE_FAULT, faults::list, EventView::of))
        .flatMap(Function.identity())
        .sorted(ORDER)
        .limit(listing.limit() + 1L)
        .toList();
  }

  /** Until when nothing can come any more, in any of the records. */
  private Instant published(EventListing listing) {
    return listing.records().stream()
        .map(feed::publish)
        .min(Comparator.naturalOrder())
        .orElseGet(listing::knownAfter);
  }

  private static <T> Stream<Positioned> events(
      EventListing listing, EventView.Type type, Source<T> source, Function<T, Positioned> view) {
    return listing.types().contains(type)
        ? listing
            .ranges()
            .flatMap(range -> source.list(range, listing.after(type), listing.limit() + 1).stream())
            .map(view)
            .map(event -> listing.isFeed() ? event.published() : event)
        : Stream.empty();
  }
}
