package io.nettrace.metric;

/**
 * That a router refused to carry a probe on: type and code of its ICMP or ICMPv6 error (RFC 792,
 * 1812, 4443, 8883).
 */
public record Refusal(int icmpType, int icmpCode) {
  private static final int UNREACHABLE = 3;
  private static final int UNREACHABLE_V6 = 1;

  private static final String[] REASONS = {
    "network unreachable",
    "host unreachable",
    "protocol unreachable",
    "port unreachable",
    "fragmentation needed",
    "source route failed",
    "network unknown",
    "host unknown",
    "source host isolated",
    "network prohibited",
    "host prohibited",
    "network unreachable for this service",
    "host unreachable for this service",
    "prohibited by a filter",
    "host precedence violation",
    "precedence cut-off"
  };
  private static final String[] REASONS_V6 = {
    "no route",
    "prohibited by a filter",
    "beyond the scope of our address",
    "address unreachable",
    "port unreachable",
    "our address failed a policy",
    "route refused",
    "error in a source route",
    "headers too long"
  };

  /** In words; {@code ipv6} tells which of the two numbered it. */
  public String words(boolean ipv6) {
    String[] reasons = ipv6 ? REASONS_V6 : REASONS;
    boolean known = icmpType == (ipv6 ? UNREACHABLE_V6 : UNREACHABLE) && icmpCode < reasons.length;
    return known ? reasons[icmpCode] : "ICMP type " + icmpType + " code " + icmpCode;
  }
}
