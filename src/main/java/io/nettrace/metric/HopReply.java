package io.nettrace.metric;

import java.net.InetAddress;
import java.util.List;

/**
 * One address that answered at a hop, the smallest delay seen from it, and the labels it quoted.
 */
public record HopReply(InetAddress address, long rttNanos, List<MplsLabel> labels) {
  public HopReply {
    if (rttNanos < 0) {
      throw new IllegalArgumentException("a round-trip delay cannot be negative: " + rttNanos);
    }
    labels = List.copyOf(labels);
  }
}
