package io.nettrace.launcher;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator app shows, for a secret as people type it. */
final class OneTimeCode {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private OneTimeCode() {}

  static String now(String secret) throws GeneralSecurityException {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(new SecretKeySpec(bytes(secret), "HmacSHA1"), Instant.now());
  }

  private static byte[] bytes(String secret) {
    StringBuilder bits = new StringBuilder();
    for (char c : secret.replaceAll("[\\s=]", "").toUpperCase(Locale.ROOT).toCharArray()) {
      String five = "00000" + Integer.toBinaryString(ALPHABET.indexOf(c));
      bits.append(five.substring(five.length() - 5));
    }
    byte[] bytes = new byte[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }
}
