package io.nettrace.apikey;

import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** The written form of a key. */
public final class KeyText {
  /** A regular expression for keys of both kinds, for documents and for scanners of secrets. */
  public static final String PATTERN = "ntk_(?:live|test)_[0-9A-Za-z]{36}";

  private static final int PREFIX_LENGTH = KeyKind.LIVE.prefix().length();
  private static final int RANDOM_LENGTH = 30;
  private static final int CHECK_LENGTH = 6;
  private static final int BODY_END = PREFIX_LENGTH + RANDOM_LENGTH;
  private static final int LENGTH = BODY_END + CHECK_LENGTH;
  private static final int SHOWN_CHARACTERS = 4;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private KeyText() {}

  static String random(KeyKind kind, RandomGenerator source) {
    StringBuilder text = new StringBuilder(LENGTH).append(kind.prefix());
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
    }
    long rest = check(text);
    text.setLength(LENGTH);
    for (int i = LENGTH - 1; i >= BODY_END; i--) {
      text.setCharAt(i, digit(rest));
      rest /= ALPHABET.length();
    }
    return text.toString();
  }

  /** Its first characters, to recognise it by. */
  static String start(String text) {
    return text.substring(0, PREFIX_LENGTH + SHOWN_CHARACTERS);
  }

  /** Its last characters, to recognise it by. */
  static String end(String text) {
    return text.substring(LENGTH - SHOWN_CHARACTERS);
  }

  /** Whether this can be a key at all; a typing mistake makes it false. */
  static boolean isWellFormed(String text) {
    if (text.length() != LENGTH
        || !(text.startsWith(KeyKind.LIVE.prefix()) || text.startsWith(KeyKind.TEST.prefix()))) {
      return false;
    }
    for (int i = PREFIX_LENGTH; i < LENGTH; i++) {
      if (!isAlphanumeric(text.charAt(i))) {
        return false;
      }
    }
    long rest = check(text);
    for (int i = LENGTH - 1; i >= BODY_END; i--) {
      if (text.charAt(i) != digit(rest)) {
        return false;
      }
      rest /= ALPHABET.length();
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static char digit(long rest) {
    return ALPHABET.charAt((int) (rest % ALPHABET.length()));
  }

  private static long check(CharSequence text) {
    CRC32 crc = new CRC32();
    for (int i = PREFIX_LENGTH; i < BODY_END; i++) {
      crc.update(text.charAt(i));
    }
    return crc.getValue();
  }
}
