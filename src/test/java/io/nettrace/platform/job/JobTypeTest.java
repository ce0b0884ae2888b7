package io.nettrace.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JobTypeTest {
  private static final long SEED = 7;

  private final JobType<String> type =
      JobType.of("a.b", String.class).attempts(5, Duration.ofSeconds(10), Duration.ofMinutes(1));

  @Test
  void pausesDoubleUpToTheLongestAndVaryByAFifth() {
    RandomGenerator random = new SplittableRandom(SEED);
    long[] expected = {10, 20, 40, 60, 60};
    for (int attempt = 1; attempt <= expected.length; attempt++) {
      Duration full = Duration.ofSeconds(expected[attempt - 1]);
      assertThat(type.pauseAfter(attempt, random))
          .isBetween(full.multipliedBy(4).dividedBy(5), full);
    }
    assertThat(type.pauseAfter(1, random)).isNotEqualTo(type.pauseAfter(1, random));
    assertThat(type.pauseAfter(5000, random)).isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void namesAreANounAndAVerb() {
    assertThatThrownBy(() -> JobType.of("Send mail", String.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> type.perTenant(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
