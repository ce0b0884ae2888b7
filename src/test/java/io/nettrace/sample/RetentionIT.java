package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionIT {
  private static final Instant NOW = Instant.parse("2028-03-01T12:00:00Z");
  private static final RetentionConfig CONFIG =
      new RetentionConfig(days(40), days(400), days(800), days(100), days(100));

  private final TestRecord record = new TestRecord();

  @Test
  void eachPartOfTheRecordIsKeptForItsOwnTime() {
    for (int age : List.of(1, 39, 42, 399, 440, 790, 1300)) {
      record.store(NOW, List.of(TestRecord.burst(NOW.minus(days(age)), 1_000_000)));
    }
    for (int i = 0; i < 2; i++) {
      record.upkeep(record.database, NOW, CONFIG).upkeep();
      assertThat(record.count("catalog.bursts")).as("single bursts").isEqualTo(2);
      assertThat(record.count("catalog.burst_hours")).as("hours").isEqualTo(4);
      assertThat(record.count("catalog.burst_days")).as("days").isEqualTo(6);
    }
    Selection twoYears = record.selection(NOW.minus(days(730)).minus(Duration.ofHours(12)), NOW);
    assertThat(record.history().summary(twoYears, Optional.empty()).orElseThrow().bursts())
        .isEqualTo(5);
  }

  @Test
  void aLateBurstMakesThePartitionsThatItNeeds() {
    record.store(NOW, List.of(TestRecord.burst(NOW.minus(days(31)), 1_000_000)));
    record.upkeep(record.database, NOW, CONFIG).upkeep();
    assertThat(record.count("catalog.bursts")).isEqualTo(1);
    assertThat(record.count("catalog.burst_days")).isEqualTo(1);
  }

  @Test
  void faultsOfVantagePointsAreKeptAsLongAsMeasurements() {
    record.store(NOW, List.of());
    for (int age : List.of(99, 101, 300)) {
      int _ =
          record.database.<Integer>run(
              connection ->
                  Sql.of(
                          """
                          insert into platform.vantage_faults
                            (vantage_point, kind, began_at, ended_at, spool, targets, reason,
                             known_at)
                          values ('local', 'LINE', :began_at, :ended_at, gen_random_uuid(), 3, '',
                            :known_at)
                          """)
                      .bind("began_at", NOW.minus(days(age)))
                      .bind("ended_at", NOW.minus(days(age)).plusSeconds(60))
                      .bind("known_at", NOW)
                      .update(connection));
    }
    record.upkeep(record.database, NOW, CONFIG).upkeep();
    assertThat(record.count("platform.vantage_faults")).isEqualTo(1);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
