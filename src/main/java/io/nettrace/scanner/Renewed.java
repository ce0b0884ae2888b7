package io.nettrace.scanner;

import java.util.List;

/**
 * What a scanner may measure from now on.
 *
 * @param assignmentRevision the newest assignment; higher than the scanner's own means: ask again
 * @param traceNow ids of targets to trace at once
 */
public record Renewed(long assignmentRevision, List<String> traceNow, Lease lease) {
  public Renewed {
    traceNow = List.copyOf(traceNow);
  }
}
