package io.nettrace.scanner.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.scanner.OwnFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final int PROBES = 10;

  private final List<OwnFault> told = new ArrayList<>();
  private final List<String> believed = new ArrayList<>();
  private Duration setBack = Duration.ZERO;
  private final LineWatch watch = new LineWatch(() -> 100, told::add);

  @Test
  void aFaultBeginsAfterAllThatWasAnsweredThoughOneLostItsEndBefore() {
    for (int i = 0; i < 50; i++) {
      judge("t" + i, i, PROBES);
    }
    judge("t50", 48, PROBES / 2);
    for (int i = 0; i < 10 && told.isEmpty(); i++) {
      judge("t" + i, 55 + i, 0);
    }
    assertThat(told).hasSize(1);
    Instant lastAnswered = NOW.plusSeconds(49);
    assertThat(told.getFirst().beganAt())
        .isAfter(lastAnswered)
        .isBefore(NOW.plusSeconds(55).plusMillis(1));
  }

  @Test
  void aFaultIsDatedByTheClockAsItIsThoughItWasSetBackBefore() {
    for (int i = 0; i < 50; i++) {
      judge("t" + i, i, PROBES);
    }
    setBack = Duration.ofHours(1);
    judge("t0", 100, PROBES);
    judge("t1", 110, PROBES);
    for (int i = 0; i < 10 && told.isEmpty(); i++) {
      judge("t" + i, 120 + i, 0);
    }
    assertThat(told.getFirst().beganAt()).isEqualTo(NOW.plusSeconds(120).minus(setBack));
  }

  @Test
  void aFaultIsDatedByTheClockAsItIsThoughItWasSetBackJustThen() {
    for (int i = 0; i < 50; i++) {
      judge("t" + i, i, PROBES);
    }
    setBack = Duration.ofHours(1);
    for (int i = 0; i < 10 && told.isEmpty(); i++) {
      judge("t" + i, 55 + i, 0);
    }
    assertThat(told.getFirst().beganAt())
        .isBetween(NOW.plusSeconds(55).minus(setBack), NOW.plusSeconds(65).minus(setBack));
  }

  @Test
  void onlyWitnessesAccuseTheLineAndAcquitIt() {
    for (int i = 0; i < 5; i++) {
      judge("t" + i, i, PROBES);
      judge("ct-" + i, i, PROBES);
    }
    for (int i = 0; i < 5; i++) {
      judge("ct-" + i, 10 + i, 0);
    }
    assertThat(told).as("what a tenant's targets say").isEmpty();
    for (int i = 0; i < 3; i++) {
      judge("t" + i, 20 + i, 0);
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().targets()).isEqualTo(5);
    assertThat(told.getFirst().beganAt()).isEqualTo(NOW.plusSeconds(20));
    judge("ct-1", 30, PROBES);
    assertThat(watch.isDown()).isTrue();
    judge("t1", 31, PROBES);
    assertThat(watch.isDown()).isFalse();
  }

  @Test
  void lossOfATenantsTargetIsBelievedOnceAWitnessAnswersLater() {
    for (int i = 0; i < 5; i++) {
      judge("t" + i, i, PROBES);
    }
    judge("ct-1", 5, PROBES);
    believed.clear();
    judge("ct-1", 10, 0);
    assertThat(believed).isEmpty();
    judge("t1", 11, PROBES);
    assertThat(believed).contains("ct-1");
  }

  private void judge(String target, int second, int received) {
    long begun = Duration.ofSeconds(second).toNanos();
    long ended = begun + Duration.ofSeconds(3).toNanos();
    watch.judge(
        new LineWatch.Outcome(
            target,
            !target.startsWith("ct-"),
            NOW.plusSeconds(second).minus(setBack),
            begun,
            ended,
            PROBES,
            received),
        () -> believed.add(target));
  }
}
