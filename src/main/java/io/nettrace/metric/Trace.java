package io.nettrace.metric;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The path to one address as one flow saw it: hops 1..n without gaps in their numbers. When the
 * target answered it is the last hop; otherwise the last hop is the farthest that answered.
 */
public record Trace(
    Instant startedAt,
    InetAddress address,
    Protocol protocol,
    ProbeMode mode,
    List<Hop> hops,
    TraceEnd end) {

  public Trace {
    hops = List.copyOf(hops);
    for (int i = 0; i < hops.size(); i++) {
      if (hops.get(i).ttl() != i + 1) {
        throw new IllegalArgumentException("hop " + (i + 1) + " has ttl " + hops.get(i).ttl());
      }
    }
  }

  /** The same trace with another beginning, for one that was dated by a wrong clock. */
  public Trace begunAt(Instant begun) {
    return begun.equals(startedAt) ? this : new Trace(begun, address, protocol, mode, hops, end);
  }

  public boolean reached() {
    return end == TraceEnd.DESTINATION_REACHED;
  }

  public int hopCount() {
    return hops.size();
  }

  /** Delay of the target's own answer; empty when it did not answer. */
  public OptionalLong totalRttNanos() {
    return reached() ? hops.getLast().rttNanos() : OptionalLong.empty();
  }

  /** Delay of the nearest hop that answered. */
  public OptionalLong firstHopRttNanos() {
    return answering(hops);
  }

  /** Delay of the farthest hop that answered, the target included. */
  public OptionalLong lastHopRttNanos() {
    return answering(hops.reversed());
  }

  private static OptionalLong answering(List<Hop> hops) {
    return hops.stream()
        .map(Hop::rttNanos)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }
}
