package io.nettrace.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.Targets;
import io.nettrace.edge.AllSettings;
import io.nettrace.launcher.StartSetting;
import io.nettrace.platform.DatabaseConfig;
import io.nettrace.platform.PlatformConfig;
import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.platform.web.WebConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * src/docs/configuration.md is written from the settings themselves. When this fails, run it with
 * {@code -Dconfiguration.write=true} and commit what it wrote.
 */
class ConfigurationReferenceTest {
  private static final Path REFERENCE = Path.of("src/docs/configuration.md");

  @Test
  void theReferenceSaysWhatTheSettingsSay() throws IOException {
    String expected = reference();
    if (Boolean.getBoolean("configuration.write")) {
      Files.createDirectories(REFERENCE.getParent());
      Files.writeString(REFERENCE, expected);
    }
    assertThat(REFERENCE).content().isEqualTo(expected);
  }

  @Test
  void whatTheServerChecksAgainIsListedAtTheStart() {
    assertThat(Stream.of(StartSetting.values()).map(StartSetting::property))
        .containsAll(
            Stream.of(
                    PlatformConfig.SETTINGS,
                    DatabaseConfig.SETTINGS,
                    Targets.SETTINGS,
                    WebConfig.PORTS)
                .flatMap(List::stream)
                .map(Setting::name)
                .toList());
  }

  private static String reference() {
    StringBuilder text = new StringBuilder(HEAD);
    start(text);
    AllSettings.SECTIONS.forEach(one -> section(text, one.title(), one.settings()));
    return text.toString();
  }

  private static void start(StringBuilder text) {
    text.append(HEADING.formatted("Start"));
    for (StartSetting setting : StartSetting.values()) {
      row(
          text,
          setting.property(),
          setting.variable(),
          setting.accepts(),
          setting.standard(),
          setting.meaning());
    }
  }

  private static void section(StringBuilder text, String title, List<Setting<?>> settings) {
    text.append(HEADING.formatted(title));
    for (Setting<?> setting : settings) {
      row(
          text,
          setting.name(),
          Settings.environmentName(setting.name()),
          setting.accepts(),
          setting.standard(),
          setting.meaning());
    }
  }

  private static void row(
      StringBuilder text,
      String name,
      String variable,
      String accepts,
      String standard,
      String meaning) {
    text.append(
        "| `%s` | `%s` | %s | %s | %s |\n"
            .formatted(
                name, variable, accepts, standard.isEmpty() ? "–" : "`" + standard + "`", meaning));
  }

  private static final String HEADING =
      """

      ## %s

      | Property | Environment | Accepts | When unset | Meaning |
      |---|---|---|---|---|
      """;

  private static final String HEAD =
      """
      # Configuration of the server

      A setting is a system property, an environment variable, or a line of `nettrace.properties`, in this order of
      precedence (MicroProfile Config). All of them are checked before anything starts; what is wrong is told, a sentence for each,
      and the exit status is 2. This page is written by `ConfigurationReferenceTest` from the settings themselves.
      """;
}
