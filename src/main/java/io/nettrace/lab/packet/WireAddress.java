package io.nettrace.lab.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** An IP address as two longs; an IPv4 address as its IPv4-mapped form ::ffff:a.b.c.d. */
public record WireAddress(long high, long low) {
  private static final long MAPPED = 0x0000_ffff_0000_0000L;
  private static final int IPV4_BYTES = 4;

  public static WireAddress of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.capacity() == IPV4_BYTES
        ? new WireAddress(0, mapped(bytes.getInt()))
        : new WireAddress(bytes.getLong(), bytes.getLong());
  }

  public boolean isIpv4() {
    return isIpv4(high, low);
  }

  public InetAddress toInetAddress() {
    try {
      // Java turns the IPv4-mapped form back into an Inet4Address
      return InetAddress.getByAddress(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  static long mapped(int ipv4) {
    return MAPPED | Integer.toUnsignedLong(ipv4);
  }

  static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> 32 == 0xffffL;
  }
}
