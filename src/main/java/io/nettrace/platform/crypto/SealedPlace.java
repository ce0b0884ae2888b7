package io.nettrace.platform.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where a sealed value stands; it opens nowhere else.
 *
 * @param tenantId whose it is; empty for what belongs to no tenant
 * @param table with its schema
 * @param row the row's key as text
 */
public record SealedPlace(Optional<UUID> tenantId, String table, String column, String row) {

  /** Each part with its length, so that no two places have the same bytes. */
  byte[] bytes(UUID keyId) {
    byte[][] parts =
        Stream.of(keyId.toString(), tenantId.map(UUID::toString).orElse(""), table, column, row)
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    int length = 0;
    for (byte[] part : parts) {
      length += Integer.BYTES + part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.putInt(part.length).put(part);
    }
    return all.array();
  }
}
