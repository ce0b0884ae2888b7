package io.nettrace.edge.api.idempotency;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * An answer's body under AES-256-GCM, bound to the name that it is kept under. Form: version,
 * nonce, ciphertext and tag.
 */
final class SealedBody {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final SecureRandom RANDOM = new SecureRandom();

  private SealedBody() {}

  static byte[] seal(KeyDerivation.Derived derived, byte[] body) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, derived, nonce).doFinal(body);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts whatever it is given", e);
    }
  }

  static byte[] open(KeyDerivation.Derived derived, byte[] sealed) {
    if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
      throw new IllegalStateException("a kept answer has not the form that it was kept in");
    }
    ByteBuffer rest = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    byte[] nonce = new byte[NONCE_BYTES];
    rest.get(nonce);
    byte[] body = new byte[rest.remaining()];
    rest.get(body);
    try {
      return cipher(Cipher.DECRYPT_MODE, derived, nonce).doFinal(body);
    } catch (GeneralSecurityException e) {
      // its name was derived together with its key: only a change of the row leads here
      throw new IllegalStateException("a kept answer was tampered with", e);
    }
  }

  private static Cipher cipher(int mode, KeyDerivation.Derived derived, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, derived.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(derived.name());
    return cipher;
  }
}
