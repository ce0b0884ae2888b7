package io.nettrace.export;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * One host's file of an export.
 *
 * @param own whether the target is one of the tenant's own
 * @param content what is in it, once it is whole
 */
public record ExportFile(
    UUID exportId,
    int position,
    String targetId,
    boolean own,
    String host,
    String name,
    Optional<Content> content) {

  /** What a whole file has. */
  public record Content(long rows, long bytes, String sha256) {
    static Content of(long rows, long bytes, byte[] sha256) {
      return new Content(rows, bytes, HexFormat.of().formatHex(sha256));
    }
  }
}
