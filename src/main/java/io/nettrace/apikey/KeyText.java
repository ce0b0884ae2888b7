package io.nettrace.apikey;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/** The written form of a key. */
final class KeyText {
  static final String PREFIX = "ntk_live_";
  private static final int RANDOM_LENGTH = 30;
  private static final int CHECK_LENGTH = 6;
  private static final int LENGTH = PREFIX.length() + RANDOM_LENGTH + CHECK_LENGTH;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private KeyText() {}

  static String random(SecureRandom source) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      body.append(ALPHABET.charAt(source.nextInt(ALPHABET.length())));
    }
    return PREFIX + body + check(body.toString());
  }

  /** Whether this can be a key at all; a typing mistake makes it false. */
  static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    String body = text.substring(PREFIX.length(), LENGTH - CHECK_LENGTH);
    return body.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0) && text.endsWith(check(body));
  }

  private static String check(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECK_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(digits);
  }
}
