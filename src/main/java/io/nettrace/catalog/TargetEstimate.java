package io.nettrace.catalog;

import java.util.List;

/**
 * What adding some targets would come to, before any is added.
 *
 * @param present how many targets there are, paused ones included
 * @param packetsPerMinute what those take that are there, at each vantage point
 * @param packetsPerMinuteThen the same with the new ones
 * @param refused which of the new ones cannot be added, and why
 */
public record TargetEstimate(
    int present,
    long packetsPerMinute,
    long packetsPerMinuteThen,
    List<ImportOutcome.Row> refused) {
  public TargetEstimate {
    refused = List.copyOf(refused);
  }
}
