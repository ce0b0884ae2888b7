package io.nettrace.tenant;

import io.nettrace.platform.crypto.RandomBytes;
import java.util.random.RandomGenerator;

/** Names of roles and schemas: random, so that they are unique in a cluster and tell nothing. */
final class RoleName {
  private static final RandomGenerator RANDOM = RandomBytes.generator();
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";
  private static final int LENGTH = 12;

  private RoleName() {}

  /** Of a-z and 0-9 only, so it needs no quotes in SQL. */
  static String random() {
    StringBuilder name = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      name.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
