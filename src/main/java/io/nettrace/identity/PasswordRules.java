package io.nettrace.identity;

import io.nettrace.platform.text.Characters;
import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which passwords may be used (NIST SP 800-63B-4, 3.1.1.2): no rules on composition; a least and a
 * most length; nothing that stands on the list of common and breached ones, nor repetitions and
 * keyboard runs.
 */
final class PasswordRules {
  static final int LEAST_ALONE = 15;
  static final int LEAST_WITH_SECOND_FACTOR = 8;
  static final int MOST = 128;

  /** Shorter words are refused as the whole password only: "al" is in too many. */
  private static final int LEAST_CONTAINED = 4;

  /** "aaaa…" and "abcabc…" are tried early, and are on no list in every length. */
  private static final int LEAST_DISTINCT = 5;

  private static final String OURS = "nettrace";

  private final CommonPasswords common = CommonPasswords.load();

  PasswordVerdict judge(String typed, PasswordContext context) {
    if (Characters.hasHalf(typed)) {
      return new PasswordVerdict.Unwritable();
    }
    String password = normal(typed);
    int length = length(password);
    int least = context.secondFactor() ? LEAST_WITH_SECOND_FACTOR : LEAST_ALONE;
    if (length > MOST) {
      return new PasswordVerdict.TooLong(MOST);
    }
    if (length < least) {
      return new PasswordVerdict.TooShort(least);
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (isCommon(lower)) {
      return new PasswordVerdict.Common();
    }
    return known(context)
        .filter(word -> contains(lower, word))
        .findFirst()
        .<PasswordVerdict>map(PasswordVerdict.Guessable::new)
        .orElseGet(PasswordVerdict.Acceptable::new);
  }

  static boolean standsAlone(String typed) {
    return length(normal(typed)) >= LEAST_ALONE;
  }

  /** Composed, so that it is the same on every keyboard. */
  static String normal(String typed) {
    return Normalizer.normalize(typed, Normalizer.Form.NFC);
  }

  private static int length(String password) {
    return password.codePointCount(0, password.length());
  }

  private boolean isCommon(String lower) {
    String rest = PasswordPatterns.withoutRuns(lower);
    return lower.codePoints().distinct().count() < LEAST_DISTINCT
        || PasswordPatterns.isRepetition(lower)
        || isKnown(lower)
        || (rest.length() < lower.length()
            && (withoutDigitsAtEnd(rest).length() < LEAST_CONTAINED || isKnown(rest)));
  }

  /** On the list, with digits after it or without. */
  private boolean isKnown(String lower) {
    return common.contains(lower) || common.contains(withoutDigitsAtEnd(lower));
  }

  private static String withoutDigitsAtEnd(String text) {
    int end = text.length();
    while (end > 0 && Character.isDigit(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static Stream<String> known(PasswordContext context) {
    return Stream.concat(Stream.of(OURS, context.email().local()), context.organisations().stream())
        .map(word -> normal(word).strip().toLowerCase(Locale.ROOT));
  }

  private static boolean contains(String lower, String word) {
    return length(word) < LEAST_CONTAINED ? lower.equals(word) : lower.contains(word);
  }
}
