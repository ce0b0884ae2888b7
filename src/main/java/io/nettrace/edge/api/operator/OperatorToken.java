package io.nettrace.edge.api.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What an operator shows. */
final class OperatorToken {
  static final String FILE = "operator-token";

  private final byte[] expected;

  OperatorToken(String token) {
    expected = token.getBytes(StandardCharsets.UTF_8);
  }

  boolean matches(String presented) {
    return MessageDigest.isEqual(expected, presented.getBytes(StandardCharsets.UTF_8));
  }
}
