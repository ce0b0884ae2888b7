package io.nettrace.signal;

import io.nettrace.metric.Protocol;
import io.nettrace.route.EventPosition;
import io.nettrace.scan.VantagePoint;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A while in which an address answered unlike in its recent past. It opens with the first of the
 * bursts that showed it and closes when they are as before, or when the new level has become usual.
 *
 * @param openedAt when the first deviating burst began
 * @param knownAt when it was recorded
 * @param closedAt when the first burst began that was as before, or usual; empty while open
 * @param rttNanosBaseline median of the recent past's medians; empty when only loss deviates
 * @param rttNanosSpread median absolute deviation of the same
 * @param rttNanosSeen median of the deviating bursts' medians
 * @param lossRatioBaseline loss over the recent past
 * @param lossRatioSeen loss over the deviating bursts
 * @param effectSize delay: the difference in spreads (at least the gate's); loss: the difference
 * @param position where it stands among all deviations
 */
public record Deviation(
    String targetId,
    String host,
    VantagePoint vantagePoint,
    Protocol method,
    InetAddress address,
    Kind kind,
    Instant openedAt,
    Instant knownAt,
    Optional<Instant> closedAt,
    Optional<Closing> closing,
    OptionalLong rttNanosBaseline,
    OptionalLong rttNanosSpread,
    OptionalLong rttNanosSeen,
    OptionalDouble lossRatioBaseline,
    OptionalDouble lossRatioSeen,
    double effectSize,
    Evidence evidence,
    EventPosition position) {

  /** In which way the bursts deviate. */
  public enum Kind {
    DELAY_RISE,
    DELAY_FALL,
    LOSS
  }

  /** Why it ended. */
  public enum Closing {
    /** The bursts are as they were before. */
    RETURNED,
    /** The new level has lasted so long that it is the usual one now. */
    SETTLED,
    /** Nothing is measured at this address any more. */
    ABANDONED
  }

  /** The votes on which it was opened. */
  public record Evidence(int pastBursts, int deviating, int judged) {}
}
