package io.nettrace.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads settings from wherever they were set. */
public final class Settings {
  private final Function<String, Optional<String>> source;

  public Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** Settings that were made for the purpose, as tests do. */
  public static Settings of(Map<String, String> values) {
    return new Settings(name -> Optional.ofNullable(values.get(name)));
  }

  public <T> T get(Setting<T> setting) {
    String text = source.apply(setting.name()).map(String::strip).orElse(setting.standard());
    try {
      return setting.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(List.of(refusal(setting, text, e)));
    }
  }

  /** Reads every setting once and refuses all bad ones together. */
  public void check(List<Setting<?>> settings) {
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : settings) {
      try {
        Object _ = get(setting);
      } catch (ConfigurationException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static String refusal(Setting<?> setting, String text, IllegalArgumentException why) {
    return "%s is %s (%s), but must be %s."
        .formatted(
            setting.name(),
            setting.isSecret() ? "something" : "\"" + text + "\"",
            why instanceof NumberFormatException ? "it is not a number" : why.getMessage(),
            setting.accepts());
  }

  /** The environment variable that MicroProfile Config reads for a property. */
  public static String environmentName(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
  }
}
