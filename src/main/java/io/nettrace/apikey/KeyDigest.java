package io.nettrace.apikey;

import io.nettrace.platform.crypto.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** HMAC-SHA-256 under the server's pepper. */
final class KeyDigest {
  private final Signer signer;

  /** The digest of a key, as a key of maps. */
  record Fingerprint(long first, long second, long third, long fourth) {
    static Fingerprint of(byte[] digest) {
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new Fingerprint(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    byte[] bytes() {
      return ByteBuffer.allocate(4 * Long.BYTES)
          .putLong(first)
          .putLong(second)
          .putLong(third)
          .putLong(fourth)
          .array();
    }

    /** All bits of a digest are equally good. */
    @Override
    public int hashCode() {
      return Long.hashCode(first);
    }
  }

  KeyDigest(String pepper) {
    signer = Signer.ofSingleUse(pepper);
  }

  Fingerprint of(String key) {
    return Fingerprint.of(signer.sign(key.getBytes(StandardCharsets.US_ASCII)));
  }
}
