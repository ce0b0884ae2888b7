package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeCodesTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, SHA-1; the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theCodesAreThoseOfTheRfc(long seconds, String code) {
    assertThat(TimeCodes.at(SECRET, Instant.ofEpochSecond(seconds))).isEqualTo(code);
    assertThat(TimeCodes.step(SECRET, code, Instant.ofEpochSecond(seconds))).hasValue(seconds / 30);
  }

  @Test
  void aClockMayBeOneStepWrong() {
    String code = TimeCodes.at(SECRET, Instant.ofEpochSecond(3000));
    assertThat(TimeCodes.step(SECRET, code, Instant.ofEpochSecond(3059))).hasValue(100);
    assertThat(TimeCodes.step(SECRET, code, Instant.ofEpochSecond(2970))).hasValue(100);
    assertThat(TimeCodes.step(SECRET, code, Instant.ofEpochSecond(3060))).isEmpty();
    assertThat(TimeCodes.step(SECRET, code, Instant.ofEpochSecond(2969))).isEmpty();
  }

  /** RFC 4648, section 10, without padding. */
  @ParameterizedTest
  @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "foobar, MZXW6YTBOI"})
  void base32IsThatOfTheRfc(String text, String encoded) {
    assertThat(Base32.text(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }
}
