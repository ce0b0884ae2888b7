package io.nettrace.sample;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears from the database what other nodes stored, and has it taken up here. A notification only
 * points at a row of the feed, so one that was missed costs nothing: after a broken connection, and
 * now and then, whatever of the last minutes was not taken up is read.
 */
@Service
public class LatestFeed {
  private static final Logger LOG = System.getLogger(LatestFeed.class.getName());
  private static final Duration LISTEN = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CATCH_UP_EVERY = Duration.ofSeconds(30);

  /** Longer than a delivery's transaction takes: rows get their time before they are seen. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final int MOST_REMEMBERED = 100_000;

  private final Latest latest;
  private final Database database;
  private final Chores chores;
  private final Clock clock;
  private final SequencedSet<Long> takenUp = new LinkedHashSet<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("nettrace-feed").unstarted(this::run);
  private volatile boolean stopped;
  private Instant inTouch = Instant.EPOCH;

  @Inject
  LatestFeed(Latest latest, Database database, Chores chores, Clock clock) {
    this.latest = latest;
    this.database = database;
    this.chores = chores;
    this.clock = clock;
  }

  /** After the snapshot was read from the record. */
  void begin(@Observes @Priority(StartPhase.FOLLOW) DatabaseReady ready) {
    inTouch = database.run(Columns::now);
    thread.start();
    chores.every(FeedStore.KEPT.dividedBy(5), "forgetting what every node has heard", this::forget);
  }

  void forget() {
    Instant before = clock.instant().minus(FeedStore.KEPT);
    database.run(connection -> FeedStore.forget(connection, before));
  }

  private void run() {
    while (!stopped) {
      try {
        database.run(this::listen);
      } catch (DatabaseException e) {
        LOG.log(Level.DEBUG, "what other nodes store is not heard: {0}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "what other nodes store is not heard", e);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + FeedStore.CHANNEL);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (!stopped) {
        catchUp(connection);
        long until = System.nanoTime() + CATCH_UP_EVERY.toNanos();
        while (!stopped && System.nanoTime() - until < 0) {
          hear(connection, postgres.getNotifications((int) LISTEN.toMillis()));
        }
      }
      statement.execute("unlisten *");
    }
    return true;
  }

  private void catchUp(Connection connection) throws SQLException {
    Instant now = Columns.now(connection);
    if (Duration.between(inTouch, now).compareTo(FeedStore.KEPT.minus(OVERLAP)) > 0) {
      latest.rebuild();
    }
    takeUp(connection, FeedStore.since(connection, latest.node(), inTouch.minus(OVERLAP)));
    inTouch = now;
  }

  private void hear(Connection connection, PGNotification[] notifications) throws SQLException {
    List<Long> ids = new ArrayList<>();
    for (PGNotification notification : notifications) {
      String pointer = notification.getParameter();
      int space = pointer.indexOf(' ');
      if (space > 0 && !pointer.endsWith(latest.node().toString())) {
        ids.add(Long.parseLong(pointer, 0, space, 10));
      }
    }
    takeUp(connection, ids);
  }

  private void takeUp(Connection connection, Iterable<Long> ids) throws SQLException {
    List<Long> unknown = new ArrayList<>();
    ids.forEach(
        id -> {
          if (!takenUp.contains(id)) {
            unknown.add(id);
          }
        });
    if (unknown.isEmpty()) {
      return;
    }
    for (Newest newest : FeedStore.read(connection, unknown)) {
      Snapshot _ = latest.accept(newest);
    }
    takenUp.addAll(unknown);
    while (takenUp.size() > MOST_REMEMBERED) {
      takenUp.removeFirst();
    }
  }

  @PreDestroy
  void stop() {
    stopped = true;
    thread.interrupt();
  }
}
