package io.nettrace.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayFormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1540, 1.5 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "1073741824, 1.1 GB",
    "9223372036854775807, 9.2 EB"
  })
  void bytesAreWrittenInTheUnitThatLeavesAFewDigits(long bytes, String text) {
    assertThat(DisplayFormat.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'as of 10:00:00 UTC, 0 s ago'",
    "-5, 'as of 10:00:05 UTC, 0 s ago'",
    "59, 'as of 09:59:01 UTC, 59 s ago'",
    "250, 'as of 09:55:50 UTC, 4 min ago'",
    "86399, 'as of 10:00:01 UTC, 23 h ago'",
    "86400, 'as of 25 Nov 2026, 10:00:00 UTC, 1 d ago'"
  })
  void whatIsNotOfNowSaysOfWhenItIsAndHowOld(long seconds, String text) {
    Instant now = Instant.parse("2026-11-26T10:00:00Z");
    assertThat(DisplayFormat.asOf(now.minusSeconds(seconds), now)).isEqualTo(text);
  }
}
