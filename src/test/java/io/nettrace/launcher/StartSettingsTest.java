package io.nettrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.launcher.StartSettings.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartSettingsTest {
  @TempDir Path folder;
  private final Properties before = new Properties();

  @BeforeEach
  void remember() {
    before.putAll(System.getProperties());
    System.setProperty("nettrace.config", folder.resolve("nettrace.properties").toString());
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  @Test
  void withNothingSetItIsTheEmbeddedDatabaseOnLoopback() throws Exception {
    StartSettings settings = StartSettings.read();

    assertThat(settings.database()).isEmpty();
    assertThat(settings.network()).isEqualTo(Network.AUTO);
    assertThat(settings.web().address()).isEqualTo("127.0.0.1");
    assertThat(settings.web().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nettrace.http.port  | 0                        | a port number
          nettrace.http.port  | 65536                    | a port number
          nettrace.db.port    | pg                       | a port number
          nettrace.network    | simulated                | one of auto, real, lab
          nettrace.scanner.local | maybe                 | true or false
          nettrace.scanner.heap-mebibytes | 16           | a whole number from 32
          nettrace.server.heap-mebibytes | 192           | a whole number from 256
          nettrace.operations.port | 0                   | a port number
          nettrace.tls.port   | 70000                    | a port number
          """)
  void aBadValueIsRefusedWithNameValueAndWhatIsAllowed(String name, String value, String expected) {
    System.setProperty(name, value);

    assertThatThrownBy(StartSettings::read)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(name)
        .hasMessageContaining('"' + value + '"')
        .hasMessageContaining(expected);
  }

  /** An address may hold a password. */
  @Test
  void aBadAddressOfADatabaseIsRefusedWithoutRepeatingIt() {
    System.setProperty("nettrace.db.url", "mysql://user:hidden@db");

    assertThatThrownBy(StartSettings::read)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("nettrace.db.url must be a JDBC address")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void simulatedMeasurementsNeverSlipIntoSomebodysOwnDatabase() throws Exception {
    System.setProperty("nettrace.db.url", "jdbc:postgresql://db.example/nettrace");

    assertThat(StartSettings.read().network()).isEqualTo(Network.REAL);
  }

  @Test
  void aSystemPropertyGoesBeforeTheFileAndTheFilesOtherValuesAreSeenByAll() throws Exception {
    write("nettrace.properties", Map.of("nettrace.http.port", "9001", "nettrace.db.port", "9002"));
    System.setProperty("nettrace.http.port", "9003");

    StartSettings settings = StartSettings.read();

    assertThat(settings.web().port()).isEqualTo(9003);
    assertThat(settings.databasePort()).isEqualTo(9002);
    assertThat(System.getProperty("nettrace.db.port")).isEqualTo("9002");
  }

  @Test
  void whatWasSaidToMavenGoesBeforeTheFile() throws Exception {
    write("nettrace.properties", Map.of("nettrace.http.port", "9001"));
    write("command-line.properties", Map.of("nettrace.http.port", "9004"));
    System.setProperty(
        "nettrace.command-line", folder.resolve("command-line.properties").toString());

    assertThat(StartSettings.read().web().port()).isEqualTo(9004);
  }

  private void write(String name, Map<String, String> values) throws Exception {
    StringBuilder lines = new StringBuilder();
    values.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    Files.writeString(folder.resolve(name), lines);
  }
}
