package io.nettrace.signal;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A deviation ended.
 *
 * @param tenant empty: only targets of the catalogue are judged yet
 * @param vantagePoint from where it is seen
 * @param simulated true when it was measured in the lab
 * @param targetId identifier of the target
 * @param method how it is measured
 * @param address that was measured
 * @param kind in which way the bursts deviated
 * @param closedAt when the first burst began that was as before, or usual
 * @param closing why it ended
 */
@EventType(
    value = "deviation.closed",
    when =
        "The bursts are as before, the new level has become usual, or the address is not measured"
            + " any more.")
public record DeviationClosed(
    Optional<UUID> tenant,
    String vantagePoint,
    boolean simulated,
    String targetId,
    Protocol method,
    String address,
    Deviation.Kind kind,
    Instant closedAt,
    Deviation.Closing closing)
    implements DeviationEvent {
  @Override
  public String subject() {
    return targetId;
  }

  static DeviationClosed of(WatchedSeries key, SeriesFinding.Closed closed) {
    return new DeviationClosed(
        Optional.empty(),
        key.vantagePoint().name(),
        key.vantagePoint().simulated(),
        key.targetId(),
        key.method(),
        key.address().getHostAddress(),
        closed.kind(),
        closed.at(),
        closed.closing());
  }
}
