package io.nettrace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.geo.PlacesKit;
import io.nettrace.platform.Database;
import io.nettrace.platform.Sql;
import io.nettrace.route.EdgeMove;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventRange;
import io.nettrace.route.RoutesKit;
import io.nettrace.sample.RecordKit;
import io.nettrace.scan.AskedTraces;
import io.nettrace.scan.RecordOf;
import io.nettrace.testing.SharedPostgres;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Events are published once, in an order that no late commit gets behind. */
class EventFeedIT {
  private static final int WRITERS = 8;
  private static final int EVENTS_EACH = 250;
  private static final String INSERT =
      """
      insert into edge_moves
        (observed_at, target_id, vantage_point, target_host, simulated, known_at, kind,
         addresses_before, addresses_after, returned)
      values (:observed_at, :target_id, 'it', 'www.nyse.com', true, clock_timestamp(),
        'PROBED_ADDRESS',
         '{192.0.2.1}', '{192.0.2.2}', false)
      """;

  private static final String FAULT =
      """
      insert into platform.vantage_faults
        (vantage_point, kind, began_at, spool, ended_at, targets, reason, known_at)
      values ('it', 'LINE', :began_at, '00000000-0000-0000-0000-000000000007', :ended_at, 100,
        'no target answers', now())
      on conflict (vantage_point, kind, began_at, spool) do update set ended_at = excluded.ended_at
      """;

  private final Database database = SharedPostgres.migratedDatabase();
  private final RecordKit record = new RecordKit(database);
  private final RoutesKit routes =
      new RoutesKit(database, PlacesKit.labOnly(database), new AskedTraces(database));
  private final EventFeed feed = new EventFeed(record.records());
  private final Instant began = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void aPollerMissesNothingAndSeesNothingTwiceWhileWritersCommitInAnyOrder() throws Exception {
    CyclicBarrier crossed = new CyclicBarrier(WRITERS);
    List<String> read = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        running.add(writers.submit(() -> write(writer, crossed)));
      }
      Optional<EventPosition> position = Optional.empty();
      boolean last = false;
      while (!last) {
        last = running.stream().allMatch(Future::isDone);
        position = poll(position, read);
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    Set<String> once = new HashSet<>(read);
    assertThat(read).hasSameSizeAs(once);
    assertThat(once).hasSize(committed());
  }

  @Test
  void anEventThatWasWrittenEarlierAndCommittedLaterComesLater() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    List<String> read = new ArrayList<>();
    try (ExecutorService slow = Executors.newSingleThreadExecutor()) {
      Future<?> running =
          slow.submit(
              () ->
                  database.transaction(
                      tx -> {
                        int rows =
                            Sql.of(INSERT)
                                .bind("observed_at", began)
                                .bind("target_id", "slow")
                                .update(tx.connection());
                        written.countDown();
                        await(mayCommit);
                        return rows;
                      }));
      written.await();
      insert("quick");
      Optional<EventPosition> position = poll(Optional.empty(), read);
      assertThat(read).containsExactly("quick");
      mayCommit.countDown();
      running.get();
      Optional<EventPosition> _ = poll(position, read);
    }
    assertThat(read).containsExactly("quick", "slow");
  }

  @Test
  void whoGoesOnFromTheLastTimeSeenLosesNothingEither() {
    insert("first");
    insert("second");
    List<EdgeMove> page = page(Optional.empty());
    insert("third");
    Instant _ = feed.publish(RecordOf.CATALOGUE);
    Instant seen = page.getLast().knownAt();
    assertThat(page).extracting(EdgeMove::targetId).containsExactly("first", "second");
    assertThat(page.getFirst().knownAt()).isBefore(seen);
    assertThat(moves(seen.plus(1, ChronoUnit.MICROS), Optional.empty()))
        .extracting(EdgeMove::targetId)
        .containsExactly("third");
  }

  @Test
  void whatIsPublishedKeepsItsTimeAndAClockThatWasSetBackReturnsNoEarlierOne() {
    insert("first");
    Instant end = feed.publish(RecordOf.CATALOGUE);
    Instant ahead = end.plus(1, ChronoUnit.HOURS);
    int _ =
        database.<Integer>transaction(
            tx ->
                Sql.of("update catalog.published_until set at = :at")
                    .bind("at", ahead)
                    .update(tx.connection()));
    insert("second");
    assertThat(feed.publish(RecordOf.CATALOGUE)).isAfter(ahead);
    assertThat(moves(began, Optional.empty()))
        .satisfiesExactly(
            first -> assertThat(first.knownAt()).isEqualTo(end),
            second -> assertThat(second.knownAt()).isAfter(ahead));
  }

  @Test
  void aFaultOfAVantagePointIsOneEventOfTheFeedAndOfNoTarget() {
    fault(Optional.empty());
    insert("later");
    Instant _ = feed.publish(RecordOf.CATALOGUE);
    VantageEvent begun = faults(range(Optional.empty())).getFirst();
    fault(Optional.of(began.plusSeconds(90)));
    Instant until = feed.publish(RecordOf.CATALOGUE);

    List<VantageEvent> all = faults(range(Optional.empty()));
    assertThat(all).hasSize(1);
    assertThat(all.getFirst().fault().endedAt()).contains(began.plusSeconds(90));
    assertThat(all.getFirst().position()).isEqualTo(begun.position());
    assertThat(all.getFirst().knownAt()).isEqualTo(begun.knownAt()).isBefore(until);
    assertThat(moves(began, Optional.empty()).getFirst().knownAt()).isNotEqualTo(begun.knownAt());
    assertThat(faults(range(Optional.of("nyse")))).isEmpty();
  }

  private List<VantageEvent> faults(EventRange range) {
    return new VantageEvents(database).list(range, Optional.empty(), 10);
  }

  private EventRange range(Optional<String> target) {
    Instant end = Instant.now().plus(1, ChronoUnit.DAYS);
    return new EventRange(target, Optional.empty(), began, end).by(EventRange.Order.PUBLISHED);
  }

  private void fault(Optional<Instant> ended) {
    int _ =
        database.<Integer>transaction(
            tx ->
                Sql.of(FAULT)
                    .bind("began_at", began)
                    .bind("ended_at", ended)
                    .update(tx.connection()));
  }

  private Object write(int writer, CyclicBarrier crossed)
      throws InterruptedException, BrokenBarrierException {
    Random random = new Random(writer);
    for (int i = 0; i < EVENTS_EACH; i++) {
      String id = writer + "-" + i;
      Instant at = began.plusSeconds(i);
      boolean rolledBack = random.nextInt(10) == 0;
      boolean all = i % 25 == 0;
      try {
        int _ =
            database.<Integer>transaction(
                tx -> {
                  int rows =
                      Sql.of(INSERT)
                          .bind("observed_at", at)
                          .bind("target_id", id)
                          .update(tx.connection());
                  if (all) {
                    // every writer has written and none has committed
                    await(crossed);
                  }
                  if (rolledBack) {
                    throw new java.sql.SQLException("given up", "22000");
                  }
                  return rows;
                });
      } catch (io.nettrace.platform.DatabaseException e) {
        assertThat(rolledBack).isTrue();
      }
    }
    return writer;
  }

  private Optional<EventPosition> poll(Optional<EventPosition> position, List<String> read) {
    List<EdgeMove> page = page(position);
    page.forEach(move -> read.add(move.targetId()));
    return page.isEmpty()
        ? position
        : Optional.of(new EventPosition(page.getLast().knownAt(), page.getLast().position().key()));
  }

  private List<EdgeMove> page(Optional<EventPosition> position) {
    Instant until = feed.publish(RecordOf.CATALOGUE);
    return moves(began, position).stream().filter(move -> !move.knownAt().isAfter(until)).toList();
  }

  private List<EdgeMove> moves(Instant start, Optional<EventPosition> position) {
    EventRange range =
        new EventRange(
                Optional.empty(), Optional.empty(), start, Instant.now().plus(1, ChronoUnit.DAYS))
            .by(EventRange.Order.PUBLISHED);
    return routes.moves().list(range, position, 100_000);
  }

  private void insert(String id) {
    int _ =
        database.<Integer>transaction(
            tx ->
                Sql.of(INSERT)
                    .bind("observed_at", began)
                    .bind("target_id", id)
                    .update(tx.connection()));
  }

  private int committed() {
    return database.run(
        connection ->
            Sql.of("select count(*) from catalog.edge_moves")
                .first(connection, row -> row.getInt(1))
                .orElseThrow());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      int _ = barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
