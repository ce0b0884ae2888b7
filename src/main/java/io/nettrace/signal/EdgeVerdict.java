package io.nettrace.signal;

import java.net.InetAddress;
import java.util.List;

/**
 * Whether what answers at an address is a near front of a larger network, or the service itself.
 * Unknown unless evidence says otherwise.
 *
 * @param evidence everything that was looked at and spoke for either side
 */
public record EdgeVerdict(
    String targetId, InetAddress address, Kind kind, List<Evidence> evidence) {
  public EdgeVerdict {
    evidence = List.copyOf(evidence);
  }

  /** What stands at the address. */
  public enum Kind {
    EDGE,
    ORIGIN,
    UNKNOWN
  }

  /** What kind of observation it is. */
  public enum Source {
    ASN,
    ANYCAST,
    ANSWER_SET,
    RTT_FLOOR
  }

  /** One observation: what it speaks for ({@code UNKNOWN}: it only weakens), and in words. */
  public record Evidence(Source source, Kind speaksFor, String finding) {}
}
