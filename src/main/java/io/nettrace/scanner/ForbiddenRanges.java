package io.nettrace.scanner;

import java.util.List;
import java.util.Optional;

/**
 * Addresses that nobody on the internet answers for, or that answer only those inside: the IANA
 * special-purpose registries (RFC 6890) and the clouds' metadata services.
 */
final class ForbiddenRanges {
  /** The more special ones first, so that the reason says the most. */
  private static final List<AddressRange> ALL =
      List.of(
          AddressRange.of("169.254.169.254/32", "a cloud's metadata service"),
          AddressRange.of("169.254.170.2/32", "a cloud's metadata service"),
          AddressRange.of("168.63.129.16/32", "a cloud's metadata service"),
          AddressRange.of("100.100.100.200/32", "a cloud's metadata service"),
          AddressRange.of("192.0.0.192/32", "a cloud's metadata service"),
          AddressRange.of("fd00:ec2::/32", "a cloud's metadata service"),
          AddressRange.of("fd20:ce::254/128", "a cloud's metadata service"),
          AddressRange.of("0.0.0.0/8", "this network"),
          AddressRange.of("10.0.0.0/8", "private"),
          AddressRange.of("100.64.0.0/10", "shared by a carrier's customers"),
          AddressRange.of("127.0.0.0/8", "loopback"),
          AddressRange.of("169.254.0.0/16", "link-local"),
          AddressRange.of("172.16.0.0/12", "private"),
          AddressRange.of("192.0.0.0/24", "for protocol assignments"),
          AddressRange.of("192.0.2.0/24", "for documentation"),
          AddressRange.of("192.88.99.0/24", "reserved"),
          AddressRange.of("192.168.0.0/16", "private"),
          AddressRange.of("198.18.0.0/15", "for benchmarks"),
          AddressRange.of("198.51.100.0/24", "for documentation"),
          AddressRange.of("203.0.113.0/24", "for documentation"),
          AddressRange.of("224.0.0.0/4", "multicast"),
          AddressRange.of("255.255.255.255/32", "broadcast"),
          AddressRange.of("240.0.0.0/4", "reserved"),
          AddressRange.of("::/128", "unspecified"),
          AddressRange.of("::1/128", "loopback"),
          AddressRange.of("::/96", "an IPv4 address in disguise"),
          AddressRange.of("::ffff:0:0:0/96", "an IPv4 address in disguise"),
          AddressRange.of("64:ff9b:1::/48", "a translator's own"),
          AddressRange.of("100::/64", "discard-only"),
          AddressRange.of("2001:2::/48", "for benchmarks"),
          AddressRange.of("2001:10::/28", "no route, but a hash"),
          AddressRange.of("2001:20::/28", "no route, but a hash"),
          AddressRange.of("2001:db8::/32", "for documentation"),
          AddressRange.of("3fff::/20", "for documentation"),
          AddressRange.of("fc00::/7", "private"),
          AddressRange.of("fe80::/10", "link-local"),
          AddressRange.of("fec0::/10", "site-local"),
          AddressRange.of("ff00::/8", "multicast"));

  private static final AddressRange GLOBAL = AddressRange.of("2000::/3", "global");
  private static final AddressRange TRANSLATED = AddressRange.of("64:ff9b::/96", "translated");

  private ForbiddenRanges() {}

  /** What the range of an address is for, if it is none of the public internet. */
  static Optional<String> meaning(byte[] address) {
    return ALL.stream()
        .filter(range -> range.contains(address))
        .map(AddressRange::meaning)
        .findFirst()
        .or(() -> isUnassigned(address) ? Optional.of("unassigned") : Optional.empty());
  }

  private static boolean isUnassigned(byte[] address) {
    return address.length == 16 && !GLOBAL.contains(address) && !TRANSLATED.contains(address);
  }
}
