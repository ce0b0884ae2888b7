package io.nettrace.sample;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.event.EventConsumers;
import io.nettrace.platform.event.EventFollower;
import io.nettrace.platform.event.EventTypes;
import io.nettrace.platform.event.KeptEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes up here what other nodes stored. Their events point at rows of a feed; a node that was away
 * for longer than these are kept reads the record again.
 */
@Service
public class LatestFeed implements EventFollower {
  private final Latest latest;
  private final Database database;
  private final EventConsumers consumers;
  private final Chores chores;
  private final Clock clock;

  @Inject
  LatestFeed(
      Latest latest, Database database, EventConsumers consumers, Chores chores, Clock clock) {
    this.latest = latest;
    this.database = database;
    this.consumers = consumers;
    this.chores = chores;
    this.clock = clock;
  }

  /** Follows first and reads then, so that nothing is missed between. */
  void begin(@Observes @Priority(StartPhase.CACHES) DatabaseReady ready) {
    consumers.follow(EventTypes.of(ScanCompleted.class), this);
    latest.begin();
    chores.every(FeedStore.KEPT.dividedBy(5), "forgetting what every node has heard", this::forget);
  }

  void forget() {
    Instant before = clock.instant().minus(FeedStore.KEPT);
    database.run(connection -> FeedStore.forget(connection, before));
  }

  @Override
  public void restart() {
    latest.rebuild();
  }

  /** What tenants store for themselves is in no snapshot. */
  @Override
  public void take(List<KeptEvent> events) {
    List<Long> rows =
        events.stream()
            .filter(event -> event.tenantId().isEmpty())
            .map(event -> event.as(ScanCompleted.class).feed())
            .flatMapToLong(OptionalLong::stream)
            .boxed()
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    FeedStore.Content content =
        database.run(connection -> FeedStore.read(connection, latest.node(), rows));
    content.ofOthers().forEach(latest::accept);
    if (!content.complete()) {
      latest.rebuild();
    }
  }
}
