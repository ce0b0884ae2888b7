package io.nettrace.identity;

import io.nettrace.platform.crypto.RandomBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** Text that opens something: 256 random bits in base64url, known to the database by its digest. */
final class OpaqueToken {
  private static final int BYTES = 32;
  private static final int LENGTH = 43;

  private OpaqueToken() {}

  static String random() {
    return text(RandomBytes.of(BYTES));
  }

  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether this can be a token at all; what is longer is not even digested. */
  static boolean isWellFormed(String text) {
    return text.length() == LENGTH;
  }

  /** Enough for what has so many random bits; for passwords it would not be. */
  static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
