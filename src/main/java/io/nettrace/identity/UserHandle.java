package io.nettrace.identity;

import java.nio.ByteBuffer;
import java.util.UUID;

/** An account's identifier in bytes, as passkeys keep it. */
final class UserHandle {
  private UserHandle() {}

  static byte[] of(UUID accountId) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(accountId.getMostSignificantBits())
        .putLong(accountId.getLeastSignificantBits())
        .array();
  }
}
