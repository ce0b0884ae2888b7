package io.nettrace.apikey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under the server's pepper. */
final class KeyDigest {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prototype;

  KeyDigest(String pepper) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  byte[] of(String key) {
    try {
      // a clone is several times cheaper than a new, initialised Mac
      return ((Mac) prototype.clone()).doFinal(key.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own HMAC can be cloned", e);
    }
  }
}
