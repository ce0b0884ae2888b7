package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Migrations;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.testing.Actors;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pollers of bursts and traces, while deliveries come late and transactions end in any order. */
class KnownFeedIT {
  private static final int WRITERS = 6;
  private static final int DELIVERIES_EACH = 30;
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(365));

  private final TestRecord record = new TestRecord();
  private final RecordKit kit = new RecordKit(record.database);
  private final KnownFeed feed = kit.feed();
  private final Selection all = record.selection(LONG_AGO, NOW.plus(Duration.ofDays(365)));

  @Test
  void aPollerMissesNothingAndSeesNothingTwiceWhateverNodesClocksSayAndHoweverLateItComes()
      throws Exception {
    List<Instant> bursts = new ArrayList<>();
    List<Instant> traces = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> running = new ArrayList<>();
      IntStream.range(0, WRITERS).forEach(i -> running.add(writers.submit(() -> write(i))));
      KnownPosition ofBursts = KnownPosition.after(LONG_AGO);
      KnownPosition ofTraces = ofBursts;
      boolean last = false;
      while (!last) {
        last = running.stream().allMatch(Future::isDone);
        ofBursts = pollBursts(ofBursts, 7, bursts);
        ofTraces = pollTraces(ofTraces, 7, traces);
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertThat(bursts).hasSameSizeAs(new HashSet<>(bursts));
    assertThat(traces).hasSameSizeAs(new HashSet<>(traces));
    assertThat(bursts).hasSize((int) record.count("catalog.bursts"));
    assertThat(traces).hasSize((int) record.count("catalog.scan_metrics")).isNotEmpty();
  }

  @Test
  void whatCommitsLaterIsKnownLaterEvenByAClockThatIsSlow() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    List<Instant> read = new ArrayList<>();
    KnownPosition position = KnownPosition.after(LONG_AGO);
    try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
      Future<?> first =
          nodes.submit(
              () ->
                  record.database.transaction(
                      tx -> {
                        kit.recorder().record(new Recording(tx, scan(NOW, NOW.minusSeconds(2))));
                        written.countDown();
                        await(mayCommit);
                        return true;
                      }));
      written.await();
      Future<?> second =
          nodes.submit(() -> kit.store(scan(NOW.minusSeconds(60), NOW.minusSeconds(61))));
      position = pollBursts(position, 10, read);
      assertThat(read).isEmpty();
      mayCommit.countDown();
      first.get();
      second.get();
    }
    KnownPosition _ = pollBursts(position, 10, read);
    assertThat(read).containsExactly(NOW.minusSeconds(2), NOW.minusSeconds(61));
  }

  @Test
  void whatASpoolHeldForDaysComesWhenItArrivesAndOnlyThen() {
    List<Instant> read = new ArrayList<>();
    kit.store(scan(NOW, NOW.minusSeconds(3)));
    KnownPosition position = pollBursts(KnownPosition.after(LONG_AGO), 10, read);
    Instant old = NOW.minus(Duration.ofDays(6));
    kit.store(scan(NOW.plusSeconds(1), old, old.plusSeconds(10)));
    kit.store(scan(NOW.plusSeconds(2), NOW));
    position = pollBursts(position, 10, read);
    assertThat(read).containsExactly(NOW.minusSeconds(3), old, old.plusSeconds(10), NOW);
    assertThat(pollBursts(position, 10, read)).isEqualTo(position);
    assertThat(read).hasSize(4);
    assertThat(record.count("catalog.late_arrivals")).isEqualTo(1);
  }

  @Test
  void aCallEndsBehindTheWindowInWhichItsTimeIsSpentAndTheNextGoesOnThere() {
    Instant hourAgo = NOW.minus(Duration.ofHours(1));
    Instant daysAgo = NOW.minus(Duration.ofDays(3));
    kit.store(scan(daysAgo, daysAgo.minusSeconds(2), daysAgo.minusSeconds(1)));
    kit.store(scan(hourAgo, hourAgo.minusSeconds(1)));
    kit.store(scan(NOW, NOW.minusSeconds(1)));
    AtomicLong nanos = new AtomicLong();
    KnownFeed slow =
        new KnownFeed(kit.records(), () -> nanos.addAndGet(Duration.ofSeconds(2).toNanos()));
    KnownPosition start = KnownPosition.after(daysAgo.minus(Duration.ofMinutes(30)));
    KnownPage<RecordedBurst> first = slow.bursts(all, start, 10);
    // two windows of an hour: what takes long is not tried at twice the length
    assertThat(first.items()).hasSize(2);
    assertThat(first.more()).isTrue();
    assertThat(first.until()).isEqualTo(start.knownAt().plus(Duration.ofHours(2)));
    KnownPosition next = first.end(RecordedBurst::position).orElseThrow();
    KnownPage<RecordedBurst> second = slow.bursts(all, next, 10);
    assertThat(second.items()).isEmpty();
    assertThat(second.more()).isTrue();
    assertThat(second.until()).isEqualTo(start.knownAt().plus(Duration.ofHours(4)));
    for (int limit : new int[] {1, 2, 10}) {
      List<Instant> read = new ArrayList<>();
      KnownPosition end = pollBursts(slow, start, limit, read);
      assertThat(read)
          .containsExactly(
              daysAgo.minusSeconds(2),
              daysAgo.minusSeconds(1),
              hourAgo.minusSeconds(1),
              NOW.minusSeconds(1));
      assertThat(pollBursts(slow, end, limit, read)).isEqualTo(end);
      assertThat(read).hasSize(4);
    }
  }

  @Test
  void aCallThatFindsNothingForYearsStillEndsAndIsGoneOnFrom() {
    kit.store(scan(NOW, NOW.minusSeconds(1)));
    KnownPosition start = KnownPosition.after(NOW.minus(Duration.ofDays(3 * 365)));
    KnownPage<RecordedBurst> first = feed.bursts(all, start, 10);
    assertThat(first.items()).isEmpty();
    assertThat(first.more()).isTrue();
    assertThat(first.until())
        .isBetween(NOW.minus(Duration.ofDays(2 * 365)), NOW.minus(Duration.ofDays(365)));
    List<Instant> read = new ArrayList<>();
    KnownPosition _ = pollBursts(start, 10, read);
    assertThat(read).containsExactly(NOW.minusSeconds(1));
  }

  @Test
  void aPageMayEndBetweenMeasurementsOfOneMoment() {
    List<Instant> read = new ArrayList<>();
    kit.store(scan(NOW, NOW.minusSeconds(3), NOW.minusSeconds(2), NOW.minusSeconds(1)));
    KnownPage<RecordedBurst> page = feed.bursts(all, KnownPosition.after(LONG_AGO), 1);
    assertThat(page.more()).isTrue();
    assertThat(page.until()).isBefore(page.items().getFirst().knownAt());
    KnownPosition _ = pollBursts(KnownPosition.after(LONG_AGO), 1, read);
    assertThat(read).containsExactly(NOW.minusSeconds(3), NOW.minusSeconds(2), NOW.minusSeconds(1));
    assertThat(feed.bursts(all, KnownPosition.after(page.items().getFirst().knownAt()), 5).items())
        .isEmpty();
  }

  @Test
  void aCorrectionComesWhenItIsMadeAndARetractionSaysSo() {
    Corrections corrections =
        new Corrections(record.database, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
    Instant wrong = NOW.minus(Duration.ofDays(2));
    kit.store(scan(NOW, wrong, NOW.minusSeconds(1)));
    KnownPage<RecordedBurst> before = feed.bursts(all, KnownPosition.after(LONG_AGO), 10);
    MeasurementId id =
        new MeasurementId("nyse", TestRecord.LAB.name(), Protocol.ICMP, TestRecord.ADDRESS, wrong);
    assertThat(corrections.retract(Actors.TEST, id, "measured during maintenance")).contains(1);
    KnownPage<RecordedBurst> after = feed.bursts(all, before.items().getLast().position(), 10);
    assertThat(before.items()).extracting(RecordedBurst::revision).containsExactly(0, 0);
    assertThat(after.items())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.revision()).isEqualTo(1);
              assertThat(row.retracted()).isTrue();
              assertThat(row.burst().observedAt()).isEqualTo(wrong);
              assertThat(row.knownAt()).isEqualTo(NOW.plusSeconds(60));
            });
  }

  @Test
  void rowsFromBeforeArrivalsWereNotedAreFoundHoweverLateTheyCame() {
    Instant old = NOW.minus(Duration.ofDays(30));
    record.store(NOW.minusSeconds(20), List.of(TestRecord.burst(old, 1_000_000)));
    record.execute(
        "insert into catalog.arrivals values ('%s', '%s', '%s')"
            .formatted(TestRecord.LAB.name(), NOW, NOW));
    List<Instant> read = new ArrayList<>();
    KnownPosition position = pollBursts(KnownPosition.after(NOW.minusSeconds(30)), 10, read);
    kit.store(scan(NOW.plusSeconds(1), NOW));
    KnownPosition _ = pollBursts(position, 10, read);
    assertThat(read).containsExactly(old, NOW);
  }

  @Test
  void whatNodesOfTheReleaseBeforeStoreForADayAfterTheUpgradeIsFoundHoweverLateItComes() {
    Instant upgrade = upgraded();
    VantagePoint added = new VantagePoint("lab-added", true);
    for (VantagePoint from : List.of(TestRecord.LAB, added)) {
      Instant old = upgrade.minus(Duration.ofDays(6));
      kit.store(scan(from, upgrade.plusSeconds(60), upgrade));
      KnownPosition position =
          feed.bursts(selection(from), KnownPosition.after(upgrade), 10)
              .end(RecordedBurst::position)
              .orElseThrow();
      kit.store(scan(from, upgrade.plusSeconds(120), old));
      kit.store(scan(from, upgrade.plusSeconds(180), upgrade.plusSeconds(170)));
      // as such a node leaves it
      record.execute("delete from catalog.late_arrivals");
      assertThat(feed.bursts(selection(from), position, 10).items())
          .extracting(row -> row.burst().observedAt())
          .containsExactly(old, upgrade.plusSeconds(170));
    }
  }

  @Test
  void aRecordThatWasEmptyAtTheUpgradeIsReadNoFurtherBackThanUsual() {
    kit.store(scan(NOW, NOW.minusSeconds(1)));
    Arrivals.Known known =
        record
            .database
            .run(connection -> Arrivals.known(connection, TestRecord.LAB.name()))
            .orElseThrow();
    assertThat(known.notedSince()).isEqualTo(NOW);
  }

  @Test
  void whatBeganBeforeTheRangeThatThePlanShowsIsLeftOut() {
    kit.store(scan(NOW, NOW.minus(Duration.ofDays(3)), NOW.minusSeconds(1)));
    Selection day = record.selection(NOW.minus(Duration.ofDays(1)), NOW.plusSeconds(1));
    assertThat(feed.bursts(day, KnownPosition.after(LONG_AGO), 10).items())
        .extracting(row -> row.burst().observedAt())
        .containsExactly(NOW.minusSeconds(1));
  }

  @Test
  void ofATargetThatWasNeverMeasuredNothingIsKnownAndThatHoldsUntilItIsAskedAgain() {
    KnownPage<RecordedTrace> none = feed.traces(all, KnownPosition.after(NOW), 10);
    assertThat(none.items()).isEmpty();
    assertThat(none.more()).isFalse();
    assertThat(none.until()).isEqualTo(NOW);
  }

  @Test
  void lateArrivalsAreForgottenWithTheMeasurements() {
    kit.store(scan(NOW, NOW.minus(Duration.ofDays(6))));
    RetentionConfig month =
        new RetentionConfig(
            Duration.ofDays(32),
            TestRecord.YEARS,
            TestRecord.YEARS,
            Duration.ofDays(33),
            TestRecord.YEARS);
    record.upkeep(record.database, NOW.plus(Duration.ofDays(33)), month).upkeep();
    assertThat(record.count("catalog.late_arrivals")).isEqualTo(1);
    record.upkeep(record.database, NOW.plus(Duration.ofDays(34)), month).upkeep();
    assertThat(record.count("catalog.late_arrivals")).isZero();
  }

  /** Takes the change set to a record that holds something; returns when that was, or later. */
  private Instant upgraded() {
    kit.store(scan(NOW, NOW.minusSeconds(1)));
    record.execute(
        """
        drop table catalog.arrivals, catalog.late_arrivals;
        delete from catalog.databasechangelog where filename = 'catalog/111-arrivals.sql';
        """);
    new Migrations(record.database).apply();
    return record
        .database
        .run(connection -> Arrivals.known(connection, TestRecord.LAB.name()))
        .orElseThrow()
        .until();
  }

  private Selection selection(VantagePoint from) {
    return new Selection("nyse", from.name(), LONG_AGO, Instant.now().plus(Duration.ofDays(2)));
  }

  private Object write(int writer) {
    Random random = new Random(writer);
    for (int i = 0; i < DELIVERIES_EACH; i++) {
      boolean late = random.nextInt(8) == 0;
      boolean rolledBack = random.nextInt(8) == 0;
      Instant clock = NOW.plusSeconds(i).plusMillis(random.nextInt(-3_000, 3_000));
      // no two measurements of the test begin at one moment
      Instant at = NOW.plusSeconds(late ? -i * 3_600L : i).plusNanos((writer * 1_000L + i) * 1_000);
      try {
        boolean _ =
            record.database.<Boolean>transaction(
                tx -> {
                  kit.recorder()
                      .record(new Recording(tx, scan(clock, at, at.plus(500, ChronoUnit.MICROS))));
                  if (rolledBack) {
                    throw new SQLException("given up", "22000");
                  }
                  return true;
                });
      } catch (DatabaseException e) {
        assertThat(rolledBack).isTrue();
      }
    }
    return writer;
  }

  /** Reads all pages there are, and returns where to go on. */
  private KnownPosition pollBursts(KnownPosition from, int limit, List<Instant> read) {
    return pollBursts(feed, from, limit, read);
  }

  private KnownPosition pollBursts(
      KnownFeed feed, KnownPosition from, int limit, List<Instant> read) {
    KnownPosition position = from;
    boolean more = true;
    while (more) {
      KnownPage<RecordedBurst> page = feed.bursts(all, position, limit);
      page.items().forEach(row -> read.add(row.burst().observedAt()));
      position = page.end(RecordedBurst::position).orElse(position);
      more = page.more();
    }
    return position;
  }

  private KnownPosition pollTraces(KnownPosition from, int limit, List<Instant> read) {
    KnownPosition position = from;
    boolean more = true;
    while (more) {
      KnownPage<RecordedTrace> page = feed.traces(all, position, limit);
      page.items().forEach(row -> read.add(row.trace().observedAt()));
      position = page.end(RecordedTrace::position).orElse(position);
      more = page.more();
    }
    return position;
  }

  /** A burst and a trace at each of the times. */
  private static AcceptedScan scan(Instant knownAt, Instant... times) {
    return scan(TestRecord.LAB, knownAt, times);
  }

  private static AcceptedScan scan(VantagePoint from, Instant knownAt, Instant... times) {
    List<MeasuredBurst> bursts = new ArrayList<>();
    List<MeasuredTrace> traces = new ArrayList<>();
    for (Instant at : times) {
      bursts.add(TestRecord.burst(at, 1_000_000));
      Trace trace =
          new Trace(
              at, TestRecord.ADDRESS, Protocol.ICMP, ProbeMode.RAW, List.of(), TraceEnd.SILENCE);
      traces.add(new MeasuredTrace("nyse", "www.nyse.com", MeasuredTrace.Cause.SCHEDULED, trace));
    }
    return new AcceptedScan(from, knownAt, bursts, traces, List.of(), 0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
