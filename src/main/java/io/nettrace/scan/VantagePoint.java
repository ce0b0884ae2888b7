package io.nettrace.scan;

import java.util.regex.Pattern;

/** Where we probe from. Simulated means: from inside the lab. */
public record VantagePoint(String name, boolean simulated) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** Whether a vantage point may be called so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
