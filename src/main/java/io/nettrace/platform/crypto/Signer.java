package io.nettrace.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 with one key; safe for threads. */
public final class Signer {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final Mac prototype;
  private final ThreadLocal<Mac> mine = ThreadLocal.withInitial(this::copy);

  private Signer(byte[] key) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** With a key of the secret's for this purpose, such as {@code nettrace cursors 2}. */
  public static Signer of(String secret, String purpose) {
    return new Signer(Derivation.of(secret, purpose, KEY_BYTES));
  }

  /**
   * With the secret itself: for what is stored since before purposes had names, and only where the
   * secret has no other purpose.
   */
  public static Signer ofSingleUse(String secret) {
    return new Signer(secret.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] sign(byte[] message) {
    return mine.get().doFinal(message);
  }

  /** The key of an HMAC that a library computes. */
  public static Key key(byte[] secret, String algorithm) {
    return new SecretKeySpec(secret, algorithm);
  }

  /** A clone is several times cheaper than a new, initialised Mac. */
  private Mac copy() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own HMAC can be cloned", e);
    }
  }
}
