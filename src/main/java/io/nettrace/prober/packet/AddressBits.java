package io.nettrace.prober.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Addresses as 128 bits in two longs, IPv4 in its mapped form (::ffff:a.b.c.d), so that a packet
 * costs no object.
 */
public final class AddressBits {
  private static final long MAPPED_PREFIX = 0xffff_0000_0000L;

  private AddressBits() {}

  public static long hi(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? 0 : ByteBuffer.wrap(bytes).getLong(0);
  }

  public static long lo(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? mapped(ByteBuffer.wrap(bytes).getInt(0))
        : ByteBuffer.wrap(bytes).getLong(8);
  }

  static long mapped(int ipv4) {
    return MAPPED_PREFIX | Integer.toUnsignedLong(ipv4);
  }

  static boolean isIpv4(long hi, long lo) {
    return hi == 0 && lo >>> 32 == 0xffff;
  }

  /**
   * Whether a packet may come from such an address: a host's, not the unspecified one, a group's or
   * the broadcast.
   */
  public static boolean isHost(long hi, long lo) {
    if (isIpv4(hi, lo)) {
      int first = (int) (lo >>> 24 & 0xff);
      return first != 0 && first < 224;
    }
    boolean unspecified = hi == 0 && lo == 0;
    boolean group = hi >>> 56 == 0xff;
    return !unspecified && !group;
  }

  /** The same for what came over IPv6, where an IPv4 address in disguise is no one's address. */
  static boolean isIpv6Host(long hi, long lo) {
    return isHost(hi, lo) && !isIpv4(hi, lo);
  }

  public static InetAddress address(long hi, long lo) {
    byte[] bytes =
        isIpv4(hi, lo)
            ? ByteBuffer.allocate(4).putInt((int) lo).array()
            : ByteBuffer.allocate(16).putLong(hi).putLong(lo).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are always an address", e);
    }
  }
}
