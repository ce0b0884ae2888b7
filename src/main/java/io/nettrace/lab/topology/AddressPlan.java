package io.nettrace.lab.topology;

import io.nettrace.lab.scenario.LabAddressText;
import io.nettrace.lab.scenario.Vantage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Who gets which address: routers 198.18.0.0/16, destinations 198.19.0.0/16, all from the range for
 * benchmarks (RFC 2544); their IPv6 twins from 2001:db8::/32 (RFC 3849). A block is an IPv4 /24 and
 * an IPv6 /48 of the same number.
 */
final class AddressPlan {
  static final int ROUTERS = 0xc612_0000;
  static final int DESTINATIONS = 0xc613_0000;
  private static final int BLOCKS_MAX = 255;
  private static final int HOSTS_PER_BLOCK = 254;
  private static final long DOCUMENTATION = 0x2001_0db8_0000_0000L;
  private static final double NAMESERVER_RTT_MILLIS = 0.2;

  private final int base;
  private final long twins;
  private int block;
  private int host;

  /** Addresses from one of the two ranges. */
  AddressPlan(int base) {
    this.base = base;
    this.twins = base == ROUTERS ? 0 : 0x1000;
  }

  /** Where every generated scenario is seen from: the first block of the routers' range. */
  static Vantage vantage(String name, String place) {
    return new Vantage(
        name,
        place,
        addresses(ROUTERS, 0, 0, 1),
        addresses(ROUTERS, 0, 0, 53),
        NAMESERVER_RTT_MILLIS);
  }

  /** Goes on to the next block; returns its prefixes. */
  List<String> nextBlock() {
    if (block == BLOCKS_MAX) {
      throw new IllegalStateException("the range has no more than " + BLOCKS_MAX + " blocks");
    }
    block++;
    host = 0;
    List<InetAddress> start = addresses(base, twins, block, 0);
    return List.of(
        LabAddressText.of(start.getFirst()) + "/24", LabAddressText.of(start.getLast()) + "/48");
  }

  /** The next pair of addresses, IPv4 first. */
  List<InetAddress> next() {
    if (block == 0 || host == HOSTS_PER_BLOCK) {
      var _ = nextBlock();
    }
    host++;
    return addresses(base, twins, block, host);
  }

  private static List<InetAddress> addresses(int base, long twins, int block, int host) {
    ByteBuffer v4 = ByteBuffer.allocate(4).putInt(base | (block << 8) | host);
    ByteBuffer v6 =
        ByteBuffer.allocate(16).putLong(DOCUMENTATION | ((twins | block) << 16)).putLong(host);
    return List.of(address(v4), address(v6));
  }

  private static InetAddress address(ByteBuffer buffer) {
    try {
      byte[] bytes = new byte[buffer.position()];
      buffer.flip().get(bytes);
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }
}
