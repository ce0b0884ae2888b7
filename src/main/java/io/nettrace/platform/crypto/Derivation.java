package io.nettrace.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA-256 (RFC 5869): keys for named purposes, none of which tells another or the secret. */
public final class Derivation {
  private static final String ALGORITHM = "HKDF-SHA256";

  private Derivation() {}

  /** Key material of a secret for a purpose. */
  public static byte[] of(String secret, String purpose, int bytes) {
    return derive(HKDFParameterSpec.ofExtract().addIKM(utf8(secret)), purpose, bytes);
  }

  /** The same of a secret that a caller showed, salted with one of ours. */
  public static byte[] salted(byte[] salt, String shown, String purpose, int bytes) {
    return derive(HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(utf8(shown)), purpose, bytes);
  }

  private static byte[] derive(HKDFParameterSpec.Builder extract, String purpose, int bytes) {
    try {
      return KDF.getInstance(ALGORITHM).deriveData(extract.thenExpand(utf8(purpose), bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has " + ALGORITHM, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
