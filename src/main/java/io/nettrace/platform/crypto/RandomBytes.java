package io.nettrace.platform.crypto;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Random bytes of a cryptographic source. */
public final class RandomBytes {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomBytes() {}

  /** Numbers of the same source; safe for threads. */
  public static RandomGenerator generator() {
    return RANDOM;
  }

  public static byte[] of(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
