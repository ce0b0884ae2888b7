package io.nettrace.scan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The secret that scanners present; compared in constant time. */
public final class ScannerToken {
  static final String FILE = "scanner-token";

  private final byte[] expected;

  public ScannerToken(String expected) {
    this.expected = expected.getBytes(StandardCharsets.UTF_8);
  }

  public boolean matches(String presented) {
    return MessageDigest.isEqual(expected, presented.getBytes(StandardCharsets.UTF_8));
  }
}
