package io.nettrace.platform;

import java.util.List;

/** The configuration is wrong, so nothing may start; each problem says how to mend it. */
public final class ConfigurationException extends RuntimeException {
  private final List<String> problems;

  public ConfigurationException(List<String> problems) {
    super("The configuration is wrong:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
