package io.nettrace.scanner;

import java.util.List;
import java.util.UUID;

/**
 * The control plane has stored a delivery for good, so the scanner may forget it.
 *
 * @param duplicate it had been stored before
 * @param assignmentRevision the newest assignment; higher than the scanner's own means: ask again
 * @param traceNow ids of targets to trace at once
 */
public record Acknowledgement(
    UUID spool, long sequence, boolean duplicate, long assignmentRevision, List<String> traceNow) {
  public Acknowledgement {
    traceNow = List.copyOf(traceNow);
  }
}
