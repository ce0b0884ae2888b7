package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.metric.Burst;
import io.nettrace.metric.LossReason;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Refusal;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Sql;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.tenant.NoTenants;
import io.nettrace.testing.MortalSource;
import io.nettrace.testing.NoObservers;
import io.nettrace.testing.SharedPostgres;
import java.net.InetAddress;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordIT {
  private static final VantagePoint LAB = new VantagePoint("lab-it", true);
  private static final SampleConfig CONFIG = new SampleConfig(4, Duration.ofMinutes(3));
  private static final int MANY = 300_000;
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  private static final List<LossReason> LOSSES =
      List.of(
          new LossReason(1, InetAddress.ofLiteral("10.0.0.1"), Optional.of(new Refusal(3, 13))));

  private final Database database = SharedPostgres.migratedDatabase();
  private final Instant now = Instant.now();

  @Test
  void afterARestartTheNewestIsWhatItWasBefore() {
    Latest before = latest();
    record(before, List.of(burst(now.minusSeconds(60)), burst(now.minusSeconds(50))));

    Latest after = latest();
    after.rebuild();

    assertThat(standing(after)).isEqualTo(standing(before));
    assertThat(standing(after).burst().orElseThrow().losses()).isEqualTo(LOSSES);
    assertThat(lossesShown()).containsOnly("1 10.0.0.1 3/13");
    assertThat(standing(after).lastHour().orElseThrow().bursts()).isEqualTo(2);
    after.stop();
  }

  @Test
  void partitionsForManyDaysAreLookedUpAtOnceAndNeverAgain() {
    MortalSource source = new MortalSource(SharedPostgres.migratedSource());
    Database counted = new Database(() -> source);
    Partitions partitions = new Partitions();
    List<String> statements = new ArrayList<>();
    Runnable week =
        () ->
            partitions.confirm(
                counted.transaction(
                    tx ->
                        partitions.prepare(
                            tx.connection(),
                            Stream.iterate(now, time -> time.minus(Duration.ofDays(1)))
                                .limit(7)
                                .toList())));
    boolean _ =
        source.dies(
            (_, what) -> {
              statements.add(what);
              return false;
            },
            week);
    assertThat(statements).filteredOn(sql -> sql.contains("from pg_class")).hasSize(2);
    assertThat(statements)
        .filteredOn(sql -> sql.startsWith("create table catalog.bursts_"))
        .hasSize(7);
    statements.clear();
    boolean _ =
        source.dies(
            (_, what) -> {
              statements.add(what);
              return false;
            },
            week);
    assertThat(statements).noneMatch(sql -> sql.contains("catalog"));
  }

  @Test
  void aRangeIsStreamedRatherThanHeldInMemory() {
    record(latest(), List.of(burst(now)));
    multiply(MANY);
    AtomicInteger rows = new AtomicInteger();
    Selection all = new Selection("nyse", LAB.name(), now.minusSeconds(3600), now.plusSeconds(1));

    assertThatThrownBy(
            () ->
                new History(new Records(database, new NoTenants(database).walls()))
                    .stream(
                        all,
                        _ -> {
                          if (rows.incrementAndGet() == 1) {
                            disconnectOthers();
                          }
                        }))
        .isInstanceOf(DatabaseUnavailableException.class);
    assertThat(rows.get()).isBetween(1, MANY - 1);
  }

  @Test
  void nodesThatMakeTheSamePartitionsAtOnceDoNotDisturbEachOther() throws Exception {
    Callable<Set<String>> node =
        () -> database.transaction(tx -> new Partitions().prepareAhead(tx.connection(), now));
    try (var nodes = Executors.newFixedThreadPool(4)) {
      Collection<Future<Set<String>>> made = nodes.invokeAll(List.of(node, node, node, node));
      for (Future<Set<String>> each : made) {
        assertThat(each.get()).hasSizeGreaterThan(4);
      }
    }
    record(latest(), List.of(burst(now), burst(now.plus(Duration.ofDays(2)))));
  }

  private List<String> lossesShown() {
    return database.run(
        connection ->
            Sql.of("select losses from catalog.burst_metrics")
                .all(connection, row -> row.getString(1)));
  }

  private Latest latest() {
    return new Latest(database, CONFIG, new NoObservers<>(), Clock.systemUTC());
  }

  private void record(Latest latest, List<MeasuredBurst> bursts) {
    SampleRecorder recorder = new SampleRecorder(_ -> List.of(), latest, CONFIG, new Partitions());
    AcceptedScan scan = new AcceptedScan(LAB, now, bursts, List.of(), List.of(), 0);
    boolean _ =
        database.transaction(
            tx -> {
              recorder.record(new Recording(tx, scan));
              return true;
            });
  }

  private static Standing standing(Latest latest) {
    return latest.snapshot().standing("nyse", LAB).orElseThrow();
  }

  private static MeasuredBurst burst(Instant at) {
    List<ProbeOutcome> outcomes =
        List.of(new ProbeOutcome.Replied(ADDRESS, 1_000_000), new ProbeOutcome.TimedOut());
    return new MeasuredBurst(
        "nyse",
        "www.nyse.com",
        Burst.of(at, ADDRESS, Protocol.ICMP, ProbeMode.RAW, outcomes).because(LOSSES));
  }

  /** More than the buffers between the database and us can hold. */
  private void multiply(int rows) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(
                "insert into catalog.bursts (%1$s) select %1$s from catalog.bursts,"
                        .formatted(BurstWriter.COLUMNS)
                    + " generate_series(2, %d)".formatted(rows));
          }
        });
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
