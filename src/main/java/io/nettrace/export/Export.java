package io.nettrace.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An order and how far it is.
 *
 * @param tenantId who ordered it; nobody else sees it
 */
public record Export(
    UUID id,
    UUID tenantId,
    State state,
    Instant orderedAt,
    Instant start,
    Instant end,
    Instant asOf,
    String vantagePoint,
    boolean simulated,
    Format format,
    Compression compression,
    long estimatedBytes,
    Optional<String> failure,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<Instant> expiresAt,
    List<ExportFile> files) {

  public Export {
    files = List.copyOf(files);
  }

  /** Where in its life an export is. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED,
    /** Its files were thrown away. */
    EXPIRED
  }

  public long filesDone() {
    return files.stream().filter(file -> file.content().isPresent()).count();
  }
}
