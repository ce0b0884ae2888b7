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
}
