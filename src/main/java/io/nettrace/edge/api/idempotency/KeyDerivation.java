package io.nettrace.edge.api.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

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
    try {
      byte[] both =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addSalt(secret)
                      .addIKM(text.getBytes(StandardCharsets.UTF_8))
                      .thenExpand(
                          ("nettrace idempotency 1\n" + scope).getBytes(StandardCharsets.UTF_8),
                          NAME_BYTES + KEY_BYTES));
      return new Derived(
          Arrays.copyOf(both, NAME_BYTES), new SecretKeySpec(both, NAME_BYTES, KEY_BYTES, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
    }
  }

  /** What a key and a scope come to. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Derived(byte[] name, SecretKeySpec key) {}
}
