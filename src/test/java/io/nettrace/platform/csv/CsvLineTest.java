package io.nettrace.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "'",
        "'=1",
        "plain",
        "a,b",
        "say \"hi\"",
        "two\r\nlines",
        ""
      })
  void textComesBackByTakingAwayQuotesAndOneApostrophe(String text) {
    String field = CsvLine.field(text);
    String unquoted =
        field.startsWith("\"")
            ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
            : field;
    assertThat(unquoted).doesNotMatch("(?s)[=+\\-@\\t\\r\\n＝].*");
    assertThat(unquoted.startsWith("'") ? unquoted.substring(1) : unquoted).isEqualTo(text);
  }

  @Test
  void numbersAreBareAndUnknownIsNothing() {
    assertThat(new CsvLine().bare(-1.5).text("-1.5").bare(null).text(null).text("").toString())
        .isEqualTo("-1.5,'-1.5,,,\"\"\r\n");
  }

  @Test
  void headersAreWrittenAsTheyAre() {
    assertThat(CsvLine.header(List.of("start", "rtt_p50_ms"))).isEqualTo("start,rtt_p50_ms\r\n");
  }

  /** A comma that is appended by hand is a second writer of CSV. */
  @Test
  void thereIsOneWriterOfCsv() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<Path> writers =
          sources
              .filter(file -> file.toString().endsWith(".java"))
              .filter(CsvLineTest::endsLinesByHand)
              .map(Path::getFileName)
              .toList();
      assertThat(writers).containsExactly(Path.of("CsvLine.java"));
    }
  }

  private static boolean endsLinesByHand(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains("\"\\r\\n\"") && text.toLowerCase(java.util.Locale.ROOT).contains("csv");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
