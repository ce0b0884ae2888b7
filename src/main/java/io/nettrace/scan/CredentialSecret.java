package io.nettrace.scan;

import io.nettrace.platform.crypto.RandomBytes;
import io.nettrace.platform.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Text that a scanner presents, known to the database by its digest: {@code nts_} and 256 random
 * bits in base64url.
 */
final class CredentialSecret {
  private static final String PREFIX = "nts_";
  private static final int BYTES = 32;
  private static final int LONGEST = 1024;

  private CredentialSecret() {}

  static String random() {
    byte[] bytes = RandomBytes.of(BYTES);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether this can be a credential at all; what is longer is not even digested. */
  static boolean isPossible(String presented) {
    return !presented.isEmpty() && presented.length() <= LONGEST;
  }

  /** Enough for what has so many random bits; for passwords it would not be. */
  static byte[] digest(String secret) {
    return Sha256.of(secret);
  }

  /** What a digest is looked up by; the rest of it is compared in constant time. */
  static long selector(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }
}
