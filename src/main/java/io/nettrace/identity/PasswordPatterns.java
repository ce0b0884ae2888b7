package io.nettrace.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Patterns that are tried early and are on no list in every length. */
final class PasswordPatterns {
  private static final int LEAST_RUN = 4;

  /** Keys beside each other, in rows of several keyboards and in columns, and in the alphabet. */
  private static final List<String> RUNS =
      Stream.of(
              "1234567890",
              "qwertyuiop",
              "qwertzuiop",
              "azertyuiop",
              "asdfghjkl",
              "qsdfghjklm",
              "zxcvbnm",
              "yxcvbnm",
              "abcdefghijklmnopqrstuvwxyz",
              "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol",
              "qazwsxedcrfvtgbyhnujmikolp",
              "!@#$%^&*()")
          .flatMap(row -> Stream.of(row, new StringBuilder(row).reverse().toString()))
          .sorted(Comparator.naturalOrder())
          .toList();

  private PasswordPatterns() {}

  /** Whether it says the same twice or more, such as {@code passwordpassword}. */
  static boolean isRepetition(String text) {
    for (int period = 1; period <= text.length() / 2; period++) {
      if (text.startsWith(text.substring(period))) {
        return true;
      }
    }
    return false;
  }

  /** What is left of it without keyboard runs, such as {@code qwertyuiop123456}. */
  static String withoutRuns(String typed) {
    String text = typed.toLowerCase(Locale.ROOT);
    StringBuilder rest = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int run = runAt(text, at);
      if (run < LEAST_RUN) {
        rest.append(text.charAt(at));
        at++;
      } else {
        at += run;
      }
    }
    return rest.toString();
  }

  private static int runAt(String text, int from) {
    int longest = 0;
    for (String row : RUNS) {
      int length = LEAST_RUN;
      while (from + length <= text.length() && row.contains(text.substring(from, from + length))) {
        longest = Math.max(longest, length);
        length++;
      }
    }
    return longest;
  }
}
