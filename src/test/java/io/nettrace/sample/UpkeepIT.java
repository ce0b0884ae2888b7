package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.scanner.MeasuredBurst;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpkeepIT {
  private static final Instant START = Instant.parse("2026-01-30T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(3));
  private static final Instant LATER = END.plus(Duration.ofDays(40));
  private static final Duration MONTH = Duration.ofDays(32);
  private static final Duration YEARS = Duration.ofDays(3660);
  private static final RetentionConfig SHORT =
      new RetentionConfig(MONTH, YEARS, YEARS, YEARS, YEARS);
  private static final int MOST_STEPS = 500;

  private final TestRecord record = new TestRecord();
  private final List<MeasuredBurst> bursts = TestRecord.bursts(new Random(11), START, END, 16);

  @Test
  void killedAnywhereItLosesNothingAndTheNextOneFinishes() {
    Optional<Aggregate> expected = fresh();
    int steps = 0;
    while (!killedAfter(steps)) {
      assertThat(read()).as("after %s steps", steps).isEqualTo(expected);
      record.upkeep(record.database, LATER, SHORT).upkeep();
      assertThat(read()).as("finished after %s steps", steps).isEqualTo(expected);
      assertThat(record.count("catalog.hours_due") + record.count("catalog.days_due")).isZero();
      assertThat(record.count("catalog.bursts")).as("single bursts are old").isZero();
      assertThat(fresh()).isEqualTo(expected);
      steps++;
      assertThat(steps).isLessThan(MOST_STEPS);
    }
    assertThat(steps).as("kill points").isGreaterThan(30);
  }

  @Test
  void severalNodesAtOnceDoItOnce() throws Exception {
    Optional<Aggregate> expected = fresh();
    try (var nodes = java.util.concurrent.Executors.newFixedThreadPool(3)) {
      List<java.util.concurrent.Callable<Boolean>> upkeep =
          List.of(this::upkeepOnce, this::upkeepOnce, this::upkeepOnce);
      for (var each : nodes.invokeAll(upkeep)) {
        assertThat(each.get()).isTrue();
      }
    }
    upkeepOnce();
    assertThat(read()).isEqualTo(expected);
    assertThat(record.count("catalog.burst_days")).isBetween(3L, 6L);
  }

  @Test
  void aBurstThatIsBeingStoredMeanwhileIsRolledUpNextTime() {
    fresh();
    MeasuredBurst late = TestRecord.burst(START.plusSeconds(90), 1_000_000);
    record.database.transaction(
        slow -> {
          new BurstWriter()
              .write(
                  slow.connection(),
                  new io.nettrace.scan.AcceptedScan(
                      TestRecord.LAB, LATER, List.of(late), List.of(), List.of(), 0));
          record.upkeep(LATER).upkeep();
          return true;
        });
    assertThat(read().orElseThrow().bursts()).isEqualTo(bursts.size() + 1);
    record.upkeep(LATER).upkeep();
    record.execute("truncate catalog.bursts");
    assertThat(read().orElseThrow().bursts()).isEqualTo(bursts.size() + 1);
  }

  private boolean upkeepOnce() {
    record.upkeep(LATER).upkeep();
    return true;
  }

  /** Whether it came to its end. */
  private boolean killedAfter(int steps) {
    try {
      record.upkeep(MortalDatabase.dyingAfter(steps, record.source), LATER, SHORT).upkeep();
      return true;
    } catch (DatabaseUnavailableException e) {
      record.execute(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
      return false;
    }
  }

  private Optional<Aggregate> fresh() {
    record.execute(
        "truncate catalog.bursts, catalog.burst_hours, catalog.burst_days, catalog.hours_due,"
            + " catalog.days_due");
    record.store(END, bursts);
    return read();
  }

  private Optional<Aggregate> read() {
    return record
        .history()
        .summary(record.selection(START, END), Optional.empty())
        .map(UpkeepIT::comparable);
  }

  /** Delays in one form: few are exact in single bursts and counted in roll-ups. */
  private static Aggregate comparable(Aggregate read) {
    var counted = io.nettrace.metric.DelayHistogram.forMany();
    counted.add(read.delays());
    return new Aggregate(
        read.start(),
        read.end(),
        read.bursts(),
        read.sent(),
        read.received(),
        read.sendFailures(),
        read.minNanos(),
        read.meanNanos(),
        read.maxNanos(),
        read.ipdvNanos(),
        counted);
  }
}
