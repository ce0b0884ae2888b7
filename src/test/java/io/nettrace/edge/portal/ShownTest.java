package io.nettrace.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
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
    assertThat(Shown.bytes(bytes)).isEqualTo(text);
  }
}
