package io.nettrace.metric;

import java.net.InetAddress;

/** How one probe ended. Only {@link Replied} has a delay (RFC 2681). */
public sealed interface ProbeOutcome {

  /** The target, or a hop, answered after {@code rttNanos} of round-trip delay. */
  record Replied(InetAddress from, long rttNanos) implements ProbeOutcome {
    public Replied {
      if (rttNanos < 0) {
        throw new IllegalArgumentException("a round-trip delay cannot be negative: " + rttNanos);
      }
    }
  }

  /** Nothing came back in time. */
  record TimedOut() implements ProbeOutcome {}

  /** Somebody on the way said that the target cannot be reached (ICMP type and code given). */
  record Unreachable(InetAddress from, int icmpType, int icmpCode) implements ProbeOutcome {}

  /** The kernel refused to send; {@code reason} names operation, address and errno. */
  record SendFailed(String reason) implements ProbeOutcome {}
}
