package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelaySummary;
import io.nettrace.platform.Migrations;
import io.nettrace.scanner.MeasuredBurst;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows that were stored before bursts had series. */
class EarlierRecordIT {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(2));
  private static final String INSERT =
      """
      insert into catalog.burst_metrics values
        (?, 'nyse', 'lab-it', 'www.nyse.com', true, ?, ?, ?::inet, ?, ?, ?, ?,
         ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String VIEW =
      """
      select min_rtt, mean_rtt, p50_rtt, p90_rtt, p95_rtt, p99_rtt, max_rtt, ipdv, pdv
      from catalog.burst_metrics order by observed_at, method
      """;

  private final TestRecord record = new TestRecord();
  private final List<MeasuredBurst> bursts = TestRecord.bursts(new Random(5), START, END, 200);

  @Test
  void earlierRowsAreTakenOverWithEveryNumberThatTheyHad() {
    backToEarlierTables();
    bursts.forEach(this::insertEarlier);
    new Migrations(record.database).apply();

    Selection all = record.selection(START, END);
    List<BurstSample> read = read(all);
    assertThat(read)
        .containsExactlyInAnyOrderElementsOf(
            bursts.stream().map(b -> Samples.of(b.burst())).toList());
    Optional<Aggregate> before = record.history().summary(all, Optional.empty());
    record.upkeep(END.plus(Duration.ofDays(2))).upkeep();
    Aggregate after = record.history().summary(all, Optional.empty()).orElseThrow();
    assertThat(after.bursts()).isEqualTo(before.orElseThrow().bursts());
    assertThat(after.meanNanos()).isEqualTo(before.orElseThrow().meanNanos());
    assertThat(record.count("catalog.burst_days")).isPositive();
    assertThat(shown()).isEqualTo(summaries(read));
  }

  @Test
  void theViewShowsWhatTheServiceReads() {
    record.store(END, bursts);
    Selection all = record.selection(START, END);
    assertThat(shown()).isEqualTo(summaries(read(all)));
  }

  private List<BurstSample> read(Selection all) {
    return record.history().bursts(all, Optional.empty(), 1_000).stream()
        .map(RecordedBurst::burst)
        .toList();
  }

  private static List<Optional<DelaySummary>> summaries(List<BurstSample> bursts) {
    return bursts.stream().map(BurstSample::delays).toList();
  }

  private List<Optional<DelaySummary>> shown() {
    return record.database.run(
        connection -> {
          List<Optional<DelaySummary>> shown = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(VIEW);
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              shown.add(summary(row));
            }
          }
          return shown;
        });
  }

  private static Optional<DelaySummary> summary(ResultSet row) throws java.sql.SQLException {
    if (row.getObject("min_rtt") == null) {
      return Optional.empty();
    }
    Long ipdv = (Long) row.getObject("ipdv");
    return Optional.of(
        new DelaySummary(
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            ipdv == null ? OptionalLong.empty() : OptionalLong.of(ipdv),
            row.getLong(9)));
  }

  private void backToEarlierTables() {
    record.execute(
        """
        drop view catalog.burst_metrics;
        drop function catalog.delay_ipdv; drop function catalog.delay_mean;
        drop function catalog.delay; drop function catalog.delays_of;
        drop table catalog.bursts, catalog.corrections, catalog.burst_hours, catalog.burst_days,
          catalog.hours_due, catalog.days_due, catalog.series;
        delete from catalog.databasechangelog
          where filename like 'catalog/010%' or filename like 'catalog/011%'
            or filename like 'catalog/012%' or filename like 'catalog/120%';
        """);
    record.execute(changeSet());
    record.execute(
        "create table catalog.burst_metrics_all partition of catalog.burst_metrics default");
  }

  private static String changeSet() {
    String file = "/liquibase/catalog/001-burst-metrics.sql";
    try (var in = EarlierRecordIT.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void insertEarlier(MeasuredBurst measured) {
    Burst burst = measured.burst();
    record.database.run(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, Samples.of(burst).observedAt().atOffset(ZoneOffset.UTC));
            insert.setString(2, burst.protocol().name());
            insert.setString(3, burst.mode().name());
            insert.setString(4, burst.address().getHostAddress());
            insert.setObject(5, END.atOffset(ZoneOffset.UTC));
            insert.setInt(6, burst.sent());
            insert.setInt(7, burst.received());
            insert.setInt(8, burst.sendFailures());
            delays(insert, burst);
            return insert.executeUpdate();
          }
        });
  }

  private static void delays(PreparedStatement insert, Burst burst) throws java.sql.SQLException {
    if (burst.delays().isEmpty()) {
      for (int column = 9; column <= 17; column++) {
        insert.setNull(column, Types.BIGINT);
      }
      insert.setNull(18, Types.BINARY);
      return;
    }
    DelaySummary d = burst.delays().orElseThrow();
    long[] numbers = {
      d.minNanos(),
      d.meanNanos(),
      d.p50Nanos(),
      d.p90Nanos(),
      d.p95Nanos(),
      d.p99Nanos(),
      d.maxNanos(),
      d.ipdvNanos().orElse(0),
      d.pdvNanos()
    };
    for (int i = 0; i < numbers.length; i++) {
      insert.setLong(9 + i, numbers[i]);
    }
    if (d.ipdvNanos().isEmpty()) {
      insert.setNull(16, Types.BIGINT);
    }
    insert.setBytes(18, burst.histogram().encoded());
  }
}
