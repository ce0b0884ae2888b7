package io.nettrace.sample;

import io.nettrace.metric.Protocol;
import io.nettrace.scan.RecordOf;
import java.time.Instant;
import java.util.Optional;

/**
 * One target seen from one vantage point, from {@code start} until before {@code end}.
 *
 * @param whose in whose record it stands
 * @param method only what was measured in this way; empty for every way, whose delays are then
 *     taken together
 */
public record Selection(
    RecordOf whose,
    String targetId,
    String vantagePoint,
    Instant start,
    Instant end,
    Optional<Protocol> method) {

  /** A target of the catalogue. */
  public Selection(
      String targetId, String vantagePoint, Instant start, Instant end, Optional<Protocol> method) {
    this(RecordOf.CATALOGUE, targetId, vantagePoint, start, end, method);
  }

  public Selection(String targetId, String vantagePoint, Instant start, Instant end) {
    this(targetId, vantagePoint, start, end, Optional.empty());
  }

  /** The same in another record. */
  public Selection in(RecordOf record) {
    return new Selection(record, targetId, vantagePoint, start, end, method);
  }
}
