package io.nettrace.identity;

import io.nettrace.platform.crypto.RandomBytes;
import io.nettrace.platform.crypto.Sha256;
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
    return Sha256.of(text);
  }
}
