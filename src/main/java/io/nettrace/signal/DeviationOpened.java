package io.nettrace.signal;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.EventType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An address answers unlike in its recent past.
 *
 * @param tenant empty: only targets of the catalogue are judged yet
 * @param vantagePoint from where it is seen
 * @param simulated true when it was measured in the lab
 * @param targetId identifier of the target
 * @param host name that is measured
 * @param method how it is measured
 * @param address that is measured
 * @param kind in which way the bursts deviate
 * @param openedAt when the first deviating burst began
 * @param rttNanosBaseline median of the recent past's medians; only for delay
 * @param rttNanosSeen median of the deviating bursts' medians; only for delay
 * @param lossRatioBaseline loss over the recent past; only for loss
 * @param lossRatioSeen loss over the deviating bursts; only for loss
 */
@EventType(
    value = "deviation.opened",
    when = "Enough bursts of an address deviate from its recent past; recorded once.")
public record DeviationOpened(
    Optional<UUID> tenant,
    String vantagePoint,
    boolean simulated,
    String targetId,
    String host,
    Protocol method,
    String address,
    Deviation.Kind kind,
    Instant openedAt,
    OptionalLong rttNanosBaseline,
    OptionalLong rttNanosSeen,
    OptionalDouble lossRatioBaseline,
    OptionalDouble lossRatioSeen)
    implements DeviationEvent {
  @Override
  public String subject() {
    return targetId;
  }

  static DeviationOpened of(WatchedSeries key, String host, SeriesFinding.Opened opened) {
    return new DeviationOpened(
        Optional.empty(),
        key.vantagePoint().name(),
        key.vantagePoint().simulated(),
        key.targetId(),
        host,
        key.method(),
        key.address().getHostAddress(),
        opened.kind(),
        opened.at(),
        opened.rttNanosBaseline(),
        opened.rttNanosSeen(),
        opened.lossRatioBaseline(),
        opened.lossRatioSeen());
  }
}
