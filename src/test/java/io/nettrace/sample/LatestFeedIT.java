package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.platform.event.TestConsumers;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.testing.NoObservers;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: what one stores, the other shows. */
class LatestFeedIT {
  private static final VantagePoint LAB = new VantagePoint("lab-it", true);
  private static final SampleConfig CONFIG = new SampleConfig(4, Duration.ofMinutes(3));
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Database database = SharedPostgres.migratedDatabase();
  private final Instant now = Instant.now();
  private final Latest here = latest();
  private final Latest there = latest();
  private final TestConsumers events = new TestConsumers(database);
  private final LatestFeed feed = feed(Clock.systemUTC());

  @BeforeEach
  void migrate() {
    feed.begin(new DatabaseReady());
    events.start();
  }

  @AfterEach
  void stop() {
    events.close();
    here.stop();
    there.stop();
  }

  @Test
  void whatOneNodeStoresTheOtherShows() throws Exception {
    for (int i = 10; i > 0; i--) {
      record(burst(now.minusSeconds(i)));
      long stored = System.nanoTime();
      awaitSame();
      System.out.printf(
          "the other node's snapshot was the same after %.0f ms%n",
          (System.nanoTime() - stored) / 1e6);
    }
  }

  @Test
  void aNodeThatLostItsDatabaseCatchesUp() throws Exception {
    record(burst(now.minusSeconds(3)));
    awaitSame();
    disconnectOthers();
    record(burst(now.minusSeconds(2)));
    record(burst(now.minusSeconds(1)));

    awaitSame();
    assertThat(standing(there).orElseThrow().lastHour().orElseThrow().bursts()).isEqualTo(3);
  }

  @Test
  void takingUpTheSameTwiceChangesNothing() {
    record(burst(now.minusSeconds(3)));
    there.rebuild();
    there.accept(new Newest(LAB, List.of(burst(now.minusSeconds(3))), List.of(), List.of()));

    assertThat(standing(there)).isEqualTo(standing(here));
  }

  @Test
  void aFaultOfTheVantagePointMakesItsTargetsNotMeasuredUntilTheyAreAgain() {
    record(burst(now.minusSeconds(60)));
    fault(now.minusSeconds(30));
    here.rebuild();
    Standing hidden = standing(here).orElseThrow();
    assertThat(hidden.reachability()).isEqualTo(Standing.Reachability.NOT_MEASURED);
    assertThat(hidden.reason().orElseThrow()).contains("not measured from here");

    record(burst(now.minusSeconds(1)));
    assertThat(standing(here).orElseThrow().reachability())
        .isEqualTo(Standing.Reachability.REACHABLE);
  }

  private void fault(Instant beganAt) {
    database.run(
        connection ->
            Sql.of(
                    """
                    insert into platform.vantage_faults
                      (vantage_point, kind, began_at, spool, targets, reason, known_at)
                    values (:vantage_point, 'LINE', :began_at, :spool, 100,
                      'no target answers any more', :known_at)
                    """)
                .bind("vantage_point", LAB.name())
                .bind("began_at", beganAt)
                .bind("spool", new UUID(0, 1))
                .bind("known_at", now)
                .update(connection));
  }

  @Test
  void theFeedIsForgottenAfterSomeMinutes() {
    record(burst(now.minusSeconds(3)));
    feed(Clock.offset(Clock.systemUTC(), Duration.ofHours(1))).forget();
    boolean left = database.run(Sql.of("select from platform.scan_feed")::any);
    assertThat(left).isFalse();
  }

  @Test
  void aNodeThatWasAwayForLongerThanTheFeedIsKeptReadsTheRecord() throws Exception {
    boolean _ =
        database.transaction(
            tx -> {
              recordIn(tx, burst(now.minusSeconds(3)));
              return FeedStore.forget(tx.connection(), now.plusSeconds(3600)) > 0;
            });

    awaitSame();
  }

  private LatestFeed feed(Clock clock) {
    return new LatestFeed(there, database, events.consumers(), new Chores(database), clock);
  }

  private Latest latest() {
    return new Latest(database, CONFIG, new NoObservers<>(), Clock.systemUTC());
  }

  private void awaitSame() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!standing(there).equals(standing(here))) {
      assertThat(System.nanoTime()).as("the other node never followed").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static Optional<Standing> standing(Latest latest) {
    return latest.snapshot().standing("nyse", LAB);
  }

  private void record(MeasuredBurst burst) {
    boolean _ =
        database.transaction(
            tx -> {
              recordIn(tx, burst);
              return true;
            });
  }

  private void recordIn(Tx tx, MeasuredBurst burst) throws SQLException {
    SampleRecorder recorder = new SampleRecorder(_ -> List.of(), here, CONFIG, new Partitions());
    AcceptedScan scan = new AcceptedScan(LAB, now, List.of(burst), List.of(), List.of(), 0);
    recorder.record(new Recording(tx, scan));
  }

  private static MeasuredBurst burst(Instant at) {
    List<ProbeOutcome> outcomes =
        List.of(new ProbeOutcome.Replied(ADDRESS, 1_000_000), new ProbeOutcome.TimedOut());
    return new MeasuredBurst(
        "nyse", "www.nyse.com", Burst.of(at, ADDRESS, Protocol.ICMP, ProbeMode.RAW, outcomes));
  }

  private void disconnectOthers() {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
          }
        });
  }
}
