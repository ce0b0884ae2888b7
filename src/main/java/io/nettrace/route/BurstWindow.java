package io.nettrace.route;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bursts to one address by one method over a while.
 *
 * @param rttNanosP50 median of the bursts' medians; empty when nothing was answered
 * @param ipdvNanos mean of the bursts' ipdv (RFC 3393), weighted by answers
 */
public record BurstWindow(
    int bursts, long sent, long received, OptionalLong rttNanosP50, OptionalLong ipdvNanos) {

  /** Round-trip loss, 0–1; empty when nothing could be sent. */
  public Optional<Double> lossRatio() {
    return sent == 0 ? Optional.empty() : Optional.of((sent - received) / (double) sent);
  }
}
