package io.nettrace.metric;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/** The addresses that nobody has: reserved for documentation and benchmarks. */
public final class ReservedRanges {
  private record Range(InetAddress network, int bits) {
    static Range of(String network, int bits) {
      return new Range(InetAddress.ofLiteral(network), bits);
    }

    boolean contains(InetAddress address) {
      byte[] ours = network.getAddress();
      byte[] theirs = address.getAddress();
      return ours.length == theirs.length && start(ours).equals(start(theirs));
    }

    private BigInteger start(byte[] address) {
      return new BigInteger(1, address).shiftRight(8 * address.length - bits);
    }
  }

  private static final List<Range> RANGES =
      List.of(
          Range.of("198.18.0.0", 15), // RFC 2544
          Range.of("192.0.2.0", 24), // RFC 5737
          Range.of("198.51.100.0", 24),
          Range.of("203.0.113.0", 24),
          Range.of("2001:db8::", 32), // RFC 3849
          Range.of("2001:2::", 48)); // RFC 5180

  private ReservedRanges() {}

  public static boolean contain(InetAddress address) {
    return RANGES.stream().anyMatch(range -> range.contains(address));
  }
}
