package io.nettrace.export;

import io.nettrace.export.ExportFile.Content;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An order and how far it is.
 *
 * @param tenantId who ordered it; nobody else sees it
 * @param writtenBytes what there is of its files, whole or not; none once they are thrown away
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
    long writtenBytes,
    Optional<String> failure,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<Instant> expiresAt,
    List<ExportFile> files) {

  private static final double ALMOST_WHOLE = 0.95;

  public Export {
    files = List.copyOf(files);
  }

  Export with(List<ExportFile> made) {
    return new Export(
        id,
        tenantId,
        state,
        orderedAt,
        start,
        end,
        asOf,
        vantagePoint,
        simulated,
        format,
        compression,
        estimatedBytes,
        writtenBytes,
        failure,
        startedAt,
        finishedAt,
        expiresAt,
        made);
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

  /** Whether it waits or is being made, and so can be cancelled. */
  public boolean isUnderway() {
    return state == State.QUEUED || state == State.RUNNING;
  }

  public long filesDone() {
    return files.stream().filter(file -> file.content().isPresent()).count();
  }

  /**
   * How much of it is made, from 0 to 1. Files count alike; of the one that is being written counts
   * what is there of what was expected, and never all of it.
   */
  public double progress() {
    if (state == State.DONE) {
      return 1;
    }
    long whole =
        files.stream().flatMap(file -> file.content().stream()).mapToLong(Content::bytes).sum();
    double expected = Math.max(1, (double) estimatedBytes / files.size());
    double current = Math.clamp((writtenBytes - whole) / expected, 0, ALMOST_WHOLE);
    return Math.min(1, (filesDone() + current) / files.size());
  }
}
