package io.nettrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.metric.Protocol;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.testing.Actors;
import io.nettrace.testing.AuditEntries;
import io.nettrace.testing.AuditEntries.Line;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorrectionsIT {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(2));
  private static final Instant CORRECTED = END.plus(Duration.ofDays(1));
  private static final Instant NOW = END.plus(Duration.ofDays(3));
  private static final MeasuredBurst WRONG = TestRecord.burst(START.plusSeconds(60), 9_000_000);
  private static final MeasuredBurst OTHER = TestRecord.burst(START.plusSeconds(120), 2_000_000);
  private static final MeasurementId ID =
      new MeasurementId(
          "nyse",
          TestRecord.LAB.name(),
          Protocol.ICMP,
          TestRecord.ADDRESS,
          WRONG.burst().startedAt());

  private final TestRecord record = new TestRecord();
  private final Corrections corrections =
      new Corrections(record.database, Clock.fixed(CORRECTED, ZoneOffset.UTC));

  @BeforeEach
  void measure() {
    record.store(START.plusSeconds(180), List.of(WRONG, OTHER));
    record.upkeep(NOW).upkeep();
  }

  @Test
  void aCorrectionIsReadFromThenOnAndWhatWasKnownBeforeStaysReadable() {
    MeasuredBurst right = TestRecord.burst(ID.observedAt(), 3_000_000, 4_000_000);
    assertThat(corrections.replace(Actors.TEST, ID, right.burst(), "clock was off")).contains(1);

    check(Optional.empty(), 2, 4_000_000);
    check(Optional.of(CORRECTED), 2, 4_000_000);
    check(Optional.of(CORRECTED.minusNanos(1_000)), 2, 9_000_000);
    record.upkeep(NOW).upkeep();
    check(Optional.empty(), 2, 4_000_000);
    check(Optional.of(CORRECTED), 2, 4_000_000);
    check(Optional.of(CORRECTED.minusNanos(1_000)), 2, 9_000_000);
    check(Optional.of(START), 0, 0);
    assertThat(record.count("catalog.bursts")).isEqualTo(3);
    assertThat(record.count("catalog.burst_metrics")).isEqualTo(2);
    assertThat(record.count("catalog.burst_metrics where revision = 1")).isEqualTo(1);
  }

  @Test
  void whatIsRetractedIsGoneExceptForThoseWhoLookBack() {
    assertThat(corrections.retract(Actors.TEST, ID, "measured during maintenance")).contains(1);
    assertThat(corrections.retract(Actors.TEST, ID, "again")).isEmpty();
    for (int i = 0; i < 2; i++) {
      check(Optional.empty(), 1, 2_000_000);
      check(Optional.of(CORRECTED.minusNanos(1_000)), 2, 9_000_000);
      record.upkeep(NOW).upkeep();
    }
    assertThat(record.count("catalog.burst_metrics")).isEqualTo(1);
  }

  @Test
  void aSecondCorrectionStandsOnTheFirst() {
    AuditEntries entries = new AuditEntries(record.database);
    corrections.retract(Actors.TEST, ID, "a mistake");
    MeasuredBurst right = TestRecord.burst(ID.observedAt(), 5_000_000);
    assertThat(corrections.replace(Actors.TEST, ID, right.burst(), "was right after all"))
        .contains(2);
    check(Optional.empty(), 2, 5_000_000);
    assertThat(entries.lines())
        .containsExactly(
            new Line("measurement.retracted", Optional.empty(), "nyse", "system:test"),
            new Line("measurement.corrected", Optional.empty(), "nyse", "system:test"));
  }

  @Test
  void onlyWhatWasMeasuredCanBeCorrected() {
    AuditEntries entries = new AuditEntries(record.database);
    MeasurementId unknown =
        new MeasurementId("nyse", "nowhere", ID.method(), ID.address(), ID.observedAt());
    assertThat(corrections.retract(Actors.TEST, unknown, "not there")).isEmpty();
    assertThatThrownBy(() -> corrections.replace(Actors.TEST, ID, OTHER.burst(), "another moment"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> corrections.retract(Actors.TEST, ID, " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(entries.lines()).isEmpty();
  }

  private void check(Optional<Instant> asOf, int bursts, long max) {
    Selection all = record.selection(START, END);
    assertThat(record.history().bursts(all, asOf, Optional.empty(), 10)).hasSize(bursts);
    Optional<Aggregate> summary = record.history().summary(all, asOf);
    assertThat(summary.map(Aggregate::bursts).orElse(0)).isEqualTo(bursts);
    if (bursts > 0) {
      assertThat(summary.orElseThrow().maxNanos()).isEqualTo(OptionalLong.of(max));
    }
  }
}
