package io.nettrace.identity;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.nettrace.platform.crypto.Signer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/** Time-based one-time passwords (RFC 6238): six digits, a new one every 30 s, SHA-1. */
final class TimeCodes {
  static final int DIGITS = 6;
  static final int SECRET_BYTES = 20;

  /** How many steps a clock may be wrong either way. */
  private static final int TOLERANCE = 1;

  private static final TimeBasedOneTimePasswordGenerator CODES =
      new TimeBasedOneTimePasswordGenerator();

  private TimeCodes() {}

  static String at(byte[] secret, Instant time) {
    try {
      return CODES.generateOneTimePasswordString(
          Signer.key(secret, CODES.getAlgorithm()), time, Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes any key", e);
    }
  }

  /** The time step of which {@code code} is the password; empty when it is of none around now. */
  static OptionalLong step(byte[] secret, String code, Instant now) {
    long current = now.getEpochSecond() / CODES.getTimeStep().toSeconds();
    OptionalLong found = OptionalLong.empty();
    // all are looked at: the time taken says nothing of which one it was
    for (long step = current - TOLERANCE; step <= current + TOLERANCE; step++) {
      Instant time = Instant.ofEpochSecond(step * CODES.getTimeStep().toSeconds());
      if (MessageDigest.isEqual(bytes(at(secret, time)), bytes(code))) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
