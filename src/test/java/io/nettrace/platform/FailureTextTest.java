package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cannot reach smtp://ann:hunter2@mail.example:25|cannot reach smtp://mail.example:25",
        "password=hunter2, then more|password=…, then more",
        "Authorization: Bearer abc.def was refused|Authorization: … was refused",
        "550 5.7.1 <ann.lee+x@example.org>: no such user|550 5.7.1 <…>: no such user",
        "ann@example.org, <bo@example.net>,<cy@example.com>|… <…>,<…>",
        "GET https://x.example/?to=ann%40example.org failed|GET … failed",
        "?token=abc&x=1|?token=…&x=1",
        "no key 3f8aZ_9xLmQpR7tVwY2bNcD4eF6gH8jK1uT5sA0oIv here|no key … here",
        "target 0192f3c4-7d1e-7a6b-9c3d-5e8f0a1b2c3d is gone"
            + "|target 0192f3c4-7d1e-7a6b-9c3d-5e8f0a1b2c3d is gone"
      })
  void secretsAreStruckOut(String message, String text) {
    assertThat(FailureText.of(new IOException(message))).isEqualTo("IOException: " + text);
  }

  @Test
  void whatADatabaseSaysOfARowIsLeftOut() {
    String message = "ERROR: violates \"full\"\n  Detail: Failing row contains (1, secret words).";
    assertThat(FailureText.of(new IOException(message)))
        .isEqualTo("IOException: ERROR: violates \"full\"");
  }

  @Test
  void itIsOneLineOfBoundedLength() {
    assertThat(FailureText.of(new IOException("one\n\ttwo\u2028three")))
        .isEqualTo("IOException: one two three");
    assertThat(FailureText.of(new IOException("long ".repeat(1000))))
        .hasSize(FailureText.MOST_LENGTH);
    assertThat(FailureText.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
