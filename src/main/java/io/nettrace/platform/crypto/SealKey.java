package io.nettrace.platform.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Key of AES-256-GCM. A box is a version, a random nonce, ciphertext and tag, and opens only with
 * the same associated data.
 */
public final class SealKey {
  static final int BYTES = 32;
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecretKey key;

  private SealKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  public static SealKey of(byte[] key) {
    return new SealKey(key);
  }

  public byte[] seal(byte[] associated, byte[] plain) {
    byte[] nonce = RandomBytes.of(NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, associated, nonce).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts whatever it is given", e);
    }
  }

  /** Empty when it was sealed with another key or for another place, or was tampered with. */
  public Optional<byte[]> open(byte[] associated, byte[] box) {
    if (box.length <= 1 + NONCE_BYTES || box[0] != VERSION) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(box, 1, 1 + NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(box, 1 + NONCE_BYTES, box.length);
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, associated, nonce).doFinal(sealed));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] associated, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
