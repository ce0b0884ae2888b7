package io.nettrace.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123456789Z",
    "2026-01-31T12:00:00+05:30, 2026-01-31T06:30:00Z",
    "2026-01-31T12:00:00 05:30, 2026-01-31T06:30:00Z",
    "2026-01-31T12:00:00-01:00, 2026-01-31T13:00:00Z",
    "2026-11-29 23:30:09.632625+00, 2026-11-29T23:30:09.632625Z",
    "2026-11-29 23:30:09.632625 00, 2026-11-29T23:30:09.632625Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "1767225600, 2026-01-01T00:00:00Z",
    "946684800, 2000-01-01T00:00:00Z",
  })
  void theTwoFormsAreTakenAndWhatAFileShows(String text, Instant time) {
    assertThat(TimeText.parse(text)).isEqualTo(new TimeText.Good(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1767225600.5",
        "1e9",
        "0x1",
        "now",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2016-12-31T23:59:60Z",
        "2026-06-30T24:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "٢٠٢٦-01-01T00:00:00Z",
        "١٧٦٧٢٢٥٦٠٠",
        "२०२६",
        "+57971-02-25T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2026-01-31T12:00:00+19:00",
        "2026-01-31T12:00:00Z ",
        " 2026-01-31T12:00:00Z",
        "0",
        "1",
        "2199-12-31T23:59:59-23:00",
        "1999-12-31T23:59:59Z",
        "2200-01-01T00:00:01Z",
        "9999-12-31T23:59:59Z",
        "31556889864403199",
        "99999999999999999999999",
        "1767225600000",
        "1767225600000000",
        "1767225600000000000",
        "2026-W05-1T00:00:00Z",
        "2026-01-31T12Z"
      })
  void whatIsNoTimeOfTheRecordIsRefused(String text) {
    assertThat(TimeText.parse(text)).isInstanceOf(TimeText.Bad.class);
  }

  @Test
  void finerUnitsAreRecognised() {
    assertThat(reason("1767225600000")).contains("milliseconds").contains("2026-01-01T00:00:00Z");
    assertThat(reason("1767225600000000")).contains("microseconds");
    assertThat(reason("99999999999")).contains("must lie between");
  }

  private static String reason(String text) {
    return ((TimeText.Bad) TimeText.parse(text)).reason();
  }

  @Test
  void everyTimeIsWrittenToTheMicrosecondAndReadAgain() {
    for (String time : new String[] {"2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5Z"}) {
      String written = TimeText.write(Instant.parse(time));
      assertThat(written).hasSize("2026-01-31T12:00:00.000000Z".length()).endsWith("00000Z");
      assertThat(TimeText.parse(written)).isEqualTo(new TimeText.Good(Instant.parse(time)));
    }
    assertThat(TimeText.write(Instant.parse("2026-01-31T12:00:00.123456789Z")))
        .isEqualTo("2026-01-31T12:00:00.123456Z");
  }
}
