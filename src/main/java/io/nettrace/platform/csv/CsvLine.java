package io.nettrace.platform.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a CSV file, field by field; an unknown value is an empty field. */
public final class CsvLine {
  public static final String END = "\r\n";
  private static final String RUN_BY_SPREADSHEETS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
  private static final char NEUTRAL = '\'';

  private final StringBuilder line = new StringBuilder();
  private boolean atStart = true;

  /** Names of columns, which are ours. */
  public static String header(List<String> names) {
    return String.join(",", names) + END;
  }

  /** Text as a field: neutralised, and quoted where it must be. */
  public static String field(String text) {
    String neutral = isRun(text) ? NEUTRAL + text : text;
    return isPlain(neutral) ? neutral : '"' + neutral.replace("\"", "\"\"") + '"';
  }

  public CsvLine text(@Nullable String value) {
    return put(value == null ? "" : field(value));
  }

  /** A number, a time or a truth. */
  public CsvLine bare(@Nullable Object value) {
    return put(value == null ? "" : value.toString());
  }

  /** The line with its end. */
  @Override
  public String toString() {
    return line + END;
  }

  private CsvLine put(String field) {
    if (!atStart) {
      line.append(',');
    }
    atStart = false;
    line.append(field);
    return this;
  }

  private static boolean isRun(String text) {
    return !text.isEmpty()
        && (text.charAt(0) == NEUTRAL || RUN_BY_SPREADSHEETS.indexOf(text.charAt(0)) >= 0);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c < ' ') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
