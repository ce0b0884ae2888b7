package io.nettrace.sample;

import io.nettrace.metric.Protocol;
import java.time.Instant;
import java.util.Optional;

/**
 * One target seen from one vantage point, from {@code start} until before {@code end}.
 *
 * @param method only what was measured in this way; empty for every way, whose delays are then
 *     taken together
 */
public record Selection(
    String targetId, String vantagePoint, Instant start, Instant end, Optional<Protocol> method) {

  public Selection(String targetId, String vantagePoint, Instant start, Instant end) {
    this(targetId, vantagePoint, start, end, Optional.empty());
  }
}
