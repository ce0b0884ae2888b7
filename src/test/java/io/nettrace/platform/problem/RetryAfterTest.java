package io.nettrace.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S,1",
    "PT-3S,1",
    "PT0.000000001S,1",
    "PT1S,1",
    "PT1.000000001S,2",
    "PT59.999S,60",
    "PT24H,86400"
  })
  void theWaitThatIsToldIsNeverShorterThanTheRealOne(Duration wait, int told) {
    assertThat(Problems.of(429).retryAfter(wait).retryAfterSeconds()).hasValue(told);
  }
}
