package io.nettrace.sample;

import io.nettrace.metric.Protocol;
import io.nettrace.scan.VantagePoint;
import java.net.InetAddress;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * State of a target whose newest bursts are unlike its recent past.
 *
 * @param since when the first deviating burst began
 * @param settled the new level has lasted, so that it is the usual one for the detector already
 * @param rttNanosBaseline median delay before; empty when only loss deviates
 * @param rttNanosSeen median delay of the deviating bursts
 */
public record Deviating(
    String targetId,
    VantagePoint vantagePoint,
    Protocol method,
    InetAddress address,
    Kind kind,
    Instant since,
    boolean settled,
    OptionalLong rttNanosBaseline,
    OptionalLong rttNanosSeen,
    OptionalDouble lossRatioBaseline,
    OptionalDouble lossRatioSeen) {

  /** In which way; the gravest first. */
  public enum Kind {
    LOSS,
    DELAY_RISE,
    DELAY_FALL
  }

  /** Whether this burst belongs to the series that deviates. */
  boolean concerns(BurstSample burst) {
    return method == burst.method() && address.equals(burst.address());
  }
}
