package io.nettrace.edge.api.idempotency;

import io.nettrace.platform.crypto.Derivation;
import io.nettrace.platform.crypto.SealKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HKDF-SHA-256 (RFC 5869) of an Idempotency-Key and the server's secret: the name under which an
 * answer is kept, and the key that it is sealed with. Neither tells the other.
 */
final class KeyDerivation {
  private static final int NAME_BYTES = 32;
  private static final int KEY_BYTES = 32;

  private final byte[] secret;

  KeyDerivation(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param scope who calls what; the same key elsewhere is another one
   * @param text the Idempotency-Key as it was sent
   */
  Derived derive(String scope, String text) {
    byte[] both =
        Derivation.salted(secret, text, "nettrace idempotency 1\n" + scope, NAME_BYTES + KEY_BYTES);
    return new Derived(
        Arrays.copyOf(both, NAME_BYTES),
        SealKey.of(Arrays.copyOfRange(both, NAME_BYTES, both.length)));
  }

  /** What a key and a scope come to. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Derived(byte[] name, SealKey key) {}
}
