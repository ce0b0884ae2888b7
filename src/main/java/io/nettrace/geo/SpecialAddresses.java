package io.nettrace.geo;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Ranges that belong to no place: private, shared, loopback, link-local, multicast, documentation
 * and reserved ones (IANA special-purpose registries, RFC 6890).
 */
final class SpecialAddresses {
  private record Range(InetAddress network, int bits, String meaning) {
    static Range of(String prefix, String meaning) {
      int slash = prefix.indexOf('/');
      return new Range(
          InetAddress.ofLiteral(prefix.substring(0, slash)),
          Integer.parseInt(prefix.substring(slash + 1)),
          meaning);
    }

    boolean contains(byte[] address) {
      byte[] start = network.getAddress();
      int whole = bits / 8;
      int rest = bits % 8;
      return address.length == start.length
          && Arrays.equals(address, 0, whole, start, 0, whole)
          && (rest == 0 || ((address[whole] ^ start[whole]) & 0xff) >> (8 - rest) == 0);
    }
  }

  private static final List<Range> ALL =
      List.of(
          Range.of("0.0.0.0/8", "this network"),
          Range.of("10.0.0.0/8", "private"),
          Range.of("100.64.0.0/10", "shared by a carrier's customers"),
          Range.of("127.0.0.0/8", "loopback"),
          Range.of("169.254.0.0/16", "link-local"),
          Range.of("172.16.0.0/12", "private"),
          Range.of("192.0.0.0/24", "protocol assignments"),
          Range.of("192.0.2.0/24", "documentation"),
          Range.of("192.168.0.0/16", "private"),
          Range.of("198.18.0.0/15", "benchmarks"),
          Range.of("198.51.100.0/24", "documentation"),
          Range.of("203.0.113.0/24", "documentation"),
          Range.of("224.0.0.0/4", "multicast"),
          Range.of("240.0.0.0/4", "reserved"),
          Range.of("::/128", "unspecified"),
          Range.of("::1/128", "loopback"),
          Range.of("100::/64", "discard-only"),
          Range.of("2001:db8::/32", "documentation"),
          Range.of("3fff::/20", "documentation"),
          Range.of("fc00::/7", "private"),
          Range.of("fe80::/10", "link-local"),
          Range.of("ff00::/8", "multicast"));

  private SpecialAddresses() {}

  /** What the range of an address is for, if it is a special one. */
  static Optional<String> meaning(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ALL.stream().filter(range -> range.contains(bytes)).map(Range::meaning).findFirst();
  }
}
