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

  private void judge(String target, int second, int received) {
    long begun = Duration.ofSeconds(second).toNanos();
    long ended = begun + Duration.ofSeconds(3).toNanos();
    watch.judge(
        new LineWatch.Outcome(target, NOW.plusSeconds(second), begun, ended, PROBES, received),
        () -> {});
  }
}
