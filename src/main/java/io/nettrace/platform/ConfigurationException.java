package io.nettrace.platform;

import java.util.List;

/** The configuration is wrong, so nothing may start; each problem says how to mend it. */
public final class ConfigurationException extends RuntimeException {
  private final List<String> problems;

  public ConfigurationException(List<String> problems) {
    this("The configuration is wrong", problems);
  }

  public ConfigurationException(String what, List<String> problems) {
    super(what + ":\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
