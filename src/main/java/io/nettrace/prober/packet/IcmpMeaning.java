package io.nettrace.prober.packet;

/** What the types and codes of ICMP and ICMPv6 errors say (RFC 792, 1122, 1812, 4443, 8883). */
public final class IcmpMeaning {
  private static final int UNREACHABLE = 3;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int LAST_CODE = 15;
  private static final int TIME_EXCEEDED = 11;
  private static final int UNREACHABLE_V6 = 1;
  private static final int LAST_CODE_V6 = 8;
  private static final int TIME_EXCEEDED_V6 = 3;

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

  private IcmpMeaning() {}

  /**
   * Whether the error says how far the probe got: that its TTL ended (code 0, and not that a
   * fragment was missing), or that it was refused.
   */
  public static boolean concernsTheWay(boolean ipv6, int type, int code) {
    return isTimeExceeded(ipv6, type) ? code == 0 : isUnreachable(ipv6, type, code);
  }

  public static boolean isTimeExceeded(boolean ipv6, int type) {
    return type == (ipv6 ? TIME_EXCEEDED_V6 : TIME_EXCEEDED);
  }

  private static boolean isUnreachable(boolean ipv6, int type, int code) {
    return ipv6
        ? type == UNREACHABLE_V6 && code <= LAST_CODE_V6
        : type == UNREACHABLE && code <= LAST_CODE && code != FRAGMENTATION_NEEDED;
  }

  /** A refusal in words; its numbers when they have no meaning. */
  public static String words(boolean ipv6, int type, int code) {
    String[] reasons = ipv6 ? REASONS_V6 : REASONS;
    boolean known = type == (ipv6 ? UNREACHABLE_V6 : UNREACHABLE) && code < reasons.length;
    return known ? reasons[code] : "ICMP type " + type + " code " + code;
  }
}
