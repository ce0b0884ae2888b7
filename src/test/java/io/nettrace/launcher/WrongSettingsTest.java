package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher refuses before it starts anything. */
class WrongSettingsTest {
  @TempDir Path folder;
  private final Properties before = new Properties();

  @BeforeEach
  void remember() {
    before.putAll(System.getProperties());
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  private static List<String> wrong() throws IOException {
    try (ApplicationSettings application =
        ApplicationSettings.ofClasses(Path.of("target/classes"))) {
      return WrongSettings.ofAll(application);
    }
  }

  @Test
  void nothingIsWrongWhereNothingIsSet() throws Exception {
    assertThat(wrong()).isEmpty();
  }

  /** The application's own rules, and the launcher's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nettrace.http.max-working              | 3                  | a whole number, 4 to 100000
          nettrace.http.max-working              | many               | a whole number, 4 to 100000
          nettrace.http.max-requests             | 15                 | a whole number, 16 to 1000000
          nettrace.http.max-requests             | 99999999999        | a whole number, 16 to 1000000
          nettrace.http.max-requests-per-address | 0                  | a whole number, 1 to 1000000
          nettrace.http.max-pages                | -1                 | a whole number, 0 to 1000
          nettrace.http.max-body-bytes           | 1k                 | a whole number, 65536 to
          nettrace.http.body-timeout             | 10                 | a duration such as
          nettrace.http.body-timeout             | 11m                | 1s to 10m
          nettrace.http.trusted-proxies          | 10.0.0.0/33        | networks such as
          nettrace.http.trusted-proxies          | 10.0.0.1/8         | networks such as
          nettrace.http.trusted-proxies          | 10.0.0.0/8,proxy   | networks such as
          nettrace.http.hosts                    | https://a.example  | host names
          nettrace.http.hosts                    | a.example b.example | host names
          nettrace.http.hosts                    | a.example:8080     | host names
          nettrace.public-url                    | http://a.example   | https://host
          nettrace.public-url                    | https://a.example/x | https://host
          nettrace.public-url                    | a.example          | https://host
          nettrace.public-url                    | https://a b        | https://host
          nettrace.mail.from                     | nobody             | an address
          nettrace.mail.from                     | a@b.example, c@d.example | an address
          nettrace.mail.from                     | A <a@b.example    | an address
          nettrace.mail.tls                      | yes                | one of starttls
          nettrace.mail.port                     | 0                  | a whole number, 1 to 65535
          nettrace.portal.operators              | ann                | e-mail addresses
          nettrace.portal.stage                  | Test               | one of Production
          nettrace.vantage.place                 | Newark             | city, country code
          nettrace.vantage.place                 | Newark, US, x, y   | city, country code
          nettrace.vantage-point.default         | The One            | a vantage point's name
          nettrace.scan.burst-every              | 0s                 | 1s to 1h
          nettrace.sample.keep-bursts            | 31d                | 32d to 36500d
          nettrace.apikey.demo                   | maybe              | one of true, false
          nettrace.apikey.pepper                 | short              | at least 32 characters
          nettrace.operator.token                | short              | at least 32 characters
          nettrace.canary.root                   | localhost          | an address such as
          nettrace.geo.reverse-names             | maybe              | one of on, off
          nettrace.export.keep                   | 59s                | 1m to 2160h
          nettrace.identity.session-absolute     | 8d                 | 15m to 7d
          nettrace.http.port                     | 0                  | a port number from 1 to 65535
          nettrace.http.address                  | 127.0.0.1.7.x.invalid | an address of this machine
          nettrace.tls.port                      | 65536              | or 0 for none
          nettrace.server.heap-mebibytes         | 1g                 | a whole number from
          nettrace.prober.mode                   | fast               | one of raw
          nettrace.vantage-point                 | The One            | 1 to 63 of a-z
          nettrace.network                       | simulated          | one of auto, real, lab
          nettrace.targets.file                  | nowhere/targets.json | a file that can be read
          nettrace.lab.scenario                  | nowhere/lab.json   | a file that can be read
          """)
  void aWrongValueIsOneSentenceThatNamesItAndWhatIsAllowed(
      String name, String value, String allowed) throws Exception {
    System.setProperty(name, value);

    assertThat(wrong())
        .singleElement()
        .satisfies(
            sentence ->
                assertThat(sentence)
                    .startsWith(name + " is ")
                    .contains(allowed)
                    .endsWith(".")
                    .doesNotContain("Exception", "\n"))
        .satisfies(
            sentence ->
                assertThat(sentence.contains("\"" + value + "\""))
                    .as("secrets are not shown")
                    .isNotEqualTo(value.equals("short")));
  }

  @Test
  void everySettingThatIsWrongIsNamedAtOnce() throws Exception {
    System.setProperty("nettrace.http.max-working", "3");
    System.setProperty("nettrace.http.port", "none");
    System.setProperty("nettrace.scan.burst-packets", "none");

    assertThat(wrong()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "nettrace.http.port, nettrace.operations.port",
    "nettrace.http.port, nettrace.scanners.port",
    "nettrace.operations.port, nettrace.db.port",
    "nettrace.tls.port, nettrace.db.port"
  })
  void twoSettingsThatNameOnePortAreBothNamed(String one, String other) throws Exception {
    System.setProperty(one, "9000");
    System.setProperty(other, "9000");
    System.setProperty("nettrace.tls.file", Files.createFile(folder.resolve("a.pem")).toString());

    assertThat(wrong()).singleElement().asString().contains(one, other, "9000");
  }

  @Test
  void thePortOfADatabaseThatIsNotStartedIsFree() throws Exception {
    System.setProperty("nettrace.db.url", "jdbc:postgresql://db.example/nettrace");
    System.setProperty("nettrace.operations.port", "15432");

    assertThat(wrong()).isEmpty();
  }

  @Test
  void httpsNeedsACertificate() throws Exception {
    System.setProperty("nettrace.tls.port", "8443");

    assertThat(wrong())
        .singleElement()
        .asString()
        .contains("nettrace.tls.port", "nettrace.tls.file");
  }

  @Test
  void theStartEndsWithAStatusOfItsOwn() {
    assertThatThrownBy(() -> WrongSettings.refuse(List.of("nettrace.x is \"y\", but must be z.")))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.status()).isEqualTo(2))
        .hasMessageContaining("nettrace.x is")
        .hasMessageContaining("nettrace.properties")
        .hasMessageContaining("NETTRACE_HTTP_PORT");
  }

  @Test
  void aNameThatNothingReadsIsTold() throws Exception {
    System.setProperty("nettrace.http.max-workin", "8");
    try (ApplicationSettings application =
        ApplicationSettings.ofClasses(Path.of("target/classes"))) {
      assertThat(Warnings.ofUnknown(application.names()))
          .anyMatch(line -> line.contains("nettrace.http.max-workin"))
          .noneMatch(line -> line.contains("nettrace.http.port"));
    }
  }
}
