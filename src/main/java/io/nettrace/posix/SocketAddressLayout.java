package io.nettrace.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * Reads and writes sockaddr_in and sockaddr_in6. Addresses travel as 128 bits in two longs, IPv4 in
 * its mapped form (::ffff:a.b.c.d), so that no object is needed per packet.
 */
final class SocketAddressLayout {
  static final int MAX_BYTES = 28;
  private static final long MAPPED_PREFIX = 0xffff_0000_0000L;

  private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt ADDRESS4 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong ADDRESS6 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddressLayout() {}

  static void write(
      MemorySegment at, long offset, AddressFamily family, long hi, long lo, int port) {
    at.set(FAMILY, offset, (short) family.number);
    at.set(PORT, offset + 2, (short) port);
    if (family == AddressFamily.IPV4) {
      at.set(ADDRESS4, offset + 4, (int) lo);
    } else {
      at.set(ADDRESS6, offset + 8, hi);
      at.set(ADDRESS6, offset + 16, lo);
    }
  }

  static int port(MemorySegment at, long offset) {
    return Short.toUnsignedInt(at.get(PORT, offset + 2));
  }

  static long hi(MemorySegment at, long offset) {
    return isIpv6(at, offset) ? at.get(ADDRESS6, offset + 8) : 0;
  }

  static long lo(MemorySegment at, long offset) {
    if (isIpv6(at, offset)) {
      return at.get(ADDRESS6, offset + 16);
    }
    return at.get(FAMILY, offset) == AddressFamily.IPV4.number
        ? MAPPED_PREFIX | Integer.toUnsignedLong(at.get(ADDRESS4, offset + 4))
        : 0;
  }

  static void write(MemorySegment at, InetAddress address, int port) {
    AddressFamily family = AddressFamily.of(address);
    at.asSlice(0, MAX_BYTES).fill((byte) 0);
    at.set(FAMILY, 0, (short) family.number);
    at.set(PORT, 2, (short) port);
    byte[] bytes = address.getAddress();
    MemorySegment.copy(bytes, 0, at, ValueLayout.JAVA_BYTE, family.addressOffset(), bytes.length);
  }

  static InetAddress address(MemorySegment at, AddressFamily family) {
    byte[] bytes = new byte[family == AddressFamily.IPV4 ? 4 : 16];
    MemorySegment.copy(at, ValueLayout.JAVA_BYTE, family.addressOffset(), bytes, 0, bytes.length);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are always an address", e);
    }
  }

  private static boolean isIpv6(MemorySegment at, long offset) {
    return at.get(FAMILY, offset) == AddressFamily.IPV6.number;
  }
}
