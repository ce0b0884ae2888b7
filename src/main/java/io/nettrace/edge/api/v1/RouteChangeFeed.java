package io.nettrace.edge.api.v1;

import io.nettrace.platform.Service;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventRange;
import io.nettrace.route.RecordedChange;
import io.nettrace.route.RouteChanges;
import io.nettrace.sample.KnownPage;
import io.nettrace.sample.KnownPosition;
import io.nettrace.sample.Selection;
import io.nettrace.signal.EventFeed;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The changes of one target's route, in the order in which they became known. */
@Service
public class RouteChangeFeed {
  /** Higher than any key, so that nothing of its moment comes after it. */
  private static final String LAST_KEY = "\uffff";

  private final RouteChanges changes;
  private final EventFeed feed;

  @Inject
  RouteChangeFeed(RouteChanges changes, EventFeed feed) {
    this.changes = changes;
    this.feed = feed;
  }

  /** At most {@code limit} changes that became known after {@code position}. */
  KnownPage<RecordedChange> changes(Selection selection, KnownPosition position, int limit) {
    Instant until = feed.publish(selection.whose());
    EventRange range =
        new EventRange(
                selection.whose(),
                Optional.of(selection.targetId()),
                Optional.of(selection.vantagePoint()),
                position.knownAt(),
                until.plus(1, ChronoUnit.MICROS))
            .by(EventRange.Order.PUBLISHED);
    EventPosition after =
        new EventPosition(
            position.knownAt(), position.row().map(KnownPosition.Row::key).orElse(LAST_KEY));
    List<RecordedChange> found = changes.list(range, Optional.of(after), limit + 1);
    return found.size() > limit
        ? new KnownPage<>(found.subList(0, limit), true, found.get(limit - 1).knownAt())
        : new KnownPage<>(found, false, until);
  }

  /** Where a poller stands behind it. */
  static KnownPosition position(RecordedChange change) {
    return new KnownPosition(
        change.knownAt(),
        Optional.of(new KnownPosition.Row(change.observedAt(), change.position().key())));
  }
}
