package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockOutRulesTest {
  private static final Instant LAST = Instant.parse("2026-11-25T10:00:00Z");

  @ParameterizedTest
  @CsvSource({"9, 0", "10, 1", "11, 2", "12, 4", "13, 8", "14, 15", "1000000, 15"})
  void thePauseDoublesUpToTheWindow(int failures, int minutes) {
    assertThat(remaining(failures, LAST)).isEqualTo(Duration.ofMinutes(minutes));
  }

  @Test
  void thePauseCountsFromTheLastFailure() {
    assertThat(remaining(10, LAST.plusSeconds(59))).isEqualTo(Duration.ofSeconds(1));
    assertThat(remaining(10, LAST.plusSeconds(60))).isZero();
    assertThat(remaining(10, LAST.plusSeconds(61))).isZero();
  }

  private static Duration remaining(int failures, Instant now) {
    return LockOutRules.remaining(
        new LockOutRules.Failures(failures, Optional.of(LAST)), LockOutRules.MOST_OF_PAIR, now);
  }
}
