package io.nettrace.route;

import io.nettrace.scan.RecordOf;
import java.time.Instant;
import java.util.Optional;

/**
 * Events from {@code start} until before {@code end} in one record, of one target or all, from one
 * vantage point or all.
 */
public record EventRange(
    RecordOf whose,
    Optional<String> targetId,
    Optional<String> vantagePoint,
    Instant start,
    Instant end) {

  /** In the catalogue's record. */
  public EventRange(
      Optional<String> targetId, Optional<String> vantagePoint, Instant start, Instant end) {
    this(RecordOf.CATALOGUE, targetId, vantagePoint, start, end);
  }

  /** The same in another record. */
  public EventRange in(RecordOf record) {
    return new EventRange(record, targetId, vantagePoint, start, end);
  }
}
