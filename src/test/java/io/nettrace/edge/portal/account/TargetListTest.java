package io.nettrace.edge.portal.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nettrace.catalog.TargetDraft;
import io.nettrace.edge.portal.account.TargetList.Line;
import io.nettrace.edge.portal.account.TargetList.Read;
import io.nettrace.metric.Protocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetListTest {

  @Test
  void jsonIsReadByTheNamesOfTheApiAndWhatIsLeftOutIsWhatItMostlyIs() {
    assertThat(
            drafts(
                """
                [{"host": "a.example.com", "port": 8443, "name": "A", "methods": ["tcp"],
                  "tags": ["prod"], "interval_seconds": 30, "paused": true},
                 {"host": "b.example.com"}]
                """))
        .containsExactly(
            new TargetDraft(
                "a.example.com",
                8443,
                List.of(Protocol.TCP),
                "A",
                List.of("prod"),
                Duration.ofSeconds(30),
                true),
            new TargetDraft(
                "b.example.com",
                443,
                List.of(Protocol.ICMP, Protocol.TCP),
                "b.example.com",
                List.of(),
                Duration.ofSeconds(60),
                false));
  }

  @Test
  void linesAreReadByTheirHeading() {
    assertThat(drafts("port;host\n8443;a.example.com\n# later\n443;b.example.com\n"))
        .extracting(TargetDraft::host, TargetDraft::port)
        .containsExactly(tuple("a.example.com", 8443), tuple("b.example.com", 443));
  }

  /** What the API refuses in a body is refused here, in the same words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"host":"a","port":443.5}]                | [0].port must be a whole number
          [{"host":"a","port":443.0}]                | [0].port must be a whole number
          [{"host":"a","port":"443"}]                | [0].port must be a whole number
          [{"host":"a","port":99999999999}]          | [0].port is out of range
          [{"host":"a","interval_seconds":1.5}]      | [0].interval_seconds must be a whole number
          [{"host":"a","host":"b"}]                  | host is given more than once
          [{"host":"a"}] [{"host":"b"}]              | it goes on after the end of the document
          [{"host":"a"}] and more                    | it goes on after the end of the document
          [{"host":7}]                               | [0].host must be a text
          [{"host":"a","paused":"yes"}]              | [0].paused must be true or false
          [{"host":"a","tags":"prod"}]               | [0].tags must be a list
          [{"host":"a","tags":[7]}]                  | [0].tags[0] must be a text
          [{"host":"a","colour":"red"}]              | [0].colour is not known; known are
          [null]                                     | [0] must not be null
          ["a"]                                      | [0] must be an object
          [{"host":"a"                               | it ends too early
          [a.example.com]                            | it is not JSON
          """)
  void whatTheApiRefusesIsRefused(String text, String reason) {
    assertThat(TargetList.read(text))
        .isInstanceOfSatisfying(
            Read.Faulty.class, faulty -> assertThat(faulty.reason()).contains(reason));
  }

  @Test
  void anUnknownMethodLeavesNoneWhichTheRulesRefuse() {
    assertThat(drafts("[{\"host\":\"a\",\"methods\":[\"tcp\",\"smoke\"]}]"))
        .singleElement()
        .satisfies(draft -> assertThat(draft.methods()).isEmpty());
  }

  private static List<TargetDraft> drafts(String text) {
    return ((Read.Lines) TargetList.read(text)).lines().stream().map(Line::draft).toList();
  }
}
