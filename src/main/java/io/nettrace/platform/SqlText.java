package io.nettrace.platform;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement whose parameters have names, {@code :tenant}, as JDBC reads it. Literals, quoted
 * names, comments and casts ({@code ::text}) are left alone.
 *
 * @param jdbc with a question mark for each parameter
 * @param names the parameter at each question mark
 */
record SqlText(String jdbc, List<String> names) {
  SqlText {
    names = List.copyOf(names);
  }

  static SqlText of(String text) {
    StringBuilder jdbc = new StringBuilder(text.length());
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = endOfToken(text, at);
      if (isParameter(text, at, end)) {
        names.add(text.substring(at + 1, end));
        jdbc.append('?');
      } else {
        jdbc.append(text, at, end);
      }
      at = end;
    }
    return new SqlText(jdbc.toString(), names);
  }

  private static boolean isParameter(String text, int at, int end) {
    return text.charAt(at) == ':' && end > at + 1 && text.charAt(at + 1) != ':';
  }

  /**
   * Where what begins here ends: a quoted text, a comment, a cast, a parameter, or one character.
   */
  private static int endOfToken(String text, int at) {
    return switch (text.charAt(at)) {
      case '\'' -> after(text, "'", at + 1);
      case '"' -> after(text, "\"", at + 1);
      case '-' -> text.startsWith("--", at) ? after(text, "\n", at) : at + 1;
      case '/' -> text.startsWith("/*", at) ? after(text, "*/", at + 2) : at + 1;
      case '$' -> text.startsWith("$$", at) ? after(text, "$$", at + 2) : at + 1;
      case ':' -> text.startsWith("::", at) ? at + 2 : endOfName(text, at + 1);
      default -> at + 1;
    };
  }

  private static int after(String text, String mark, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found + mark.length();
  }

  private static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length()
        && (end == from
            ? Character.isLetter(text.charAt(end))
            : Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }
}
