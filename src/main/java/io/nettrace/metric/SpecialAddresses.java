package io.nettrace.metric;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Ranges of addresses that are none of the public internet: the IANA special-purpose registries
 * (RFC 6890) and the clouds' metadata services.
 */
public final class SpecialAddresses {
  /**
   * A range of them.
   *
   * @param isUnused whether no host has its addresses: they are for documentation and benchmarks
   */
  private record Range(Cidr addresses, String meaning, boolean isUnused) {}

  /** The more special ones first, so that the meaning says the most. */
  private static final List<Range> ALL =
      List.of(
          special("169.254.169.254/32", "a cloud's metadata service"),
          special("169.254.170.2/32", "a cloud's metadata service"),
          special("168.63.129.16/32", "a cloud's metadata service"),
          special("100.100.100.200/32", "a cloud's metadata service"),
          special("192.0.0.192/32", "a cloud's metadata service"),
          special("fd00:ec2::/32", "a cloud's metadata service"),
          special("fd20:ce::254/128", "a cloud's metadata service"),
          special("0.0.0.0/8", "this network"),
          special("10.0.0.0/8", "private"),
          special("100.64.0.0/10", "shared by a carrier's customers"),
          special("127.0.0.0/8", "loopback"),
          special("169.254.0.0/16", "link-local"),
          special("172.16.0.0/12", "private"),
          special("192.0.0.0/24", "for protocol assignments"),
          unused("192.0.2.0/24", "for documentation"),
          special("192.88.99.0/24", "reserved"),
          special("192.168.0.0/16", "private"),
          unused("198.18.0.0/15", "for benchmarks"),
          unused("198.51.100.0/24", "for documentation"),
          unused("203.0.113.0/24", "for documentation"),
          special("224.0.0.0/4", "multicast"),
          special("255.255.255.255/32", "broadcast"),
          special("240.0.0.0/4", "reserved"),
          special("::/128", "unspecified"),
          special("::1/128", "loopback"),
          special("::/96", "an IPv4 address in disguise"),
          special("::ffff:0:0:0/96", "an IPv4 address in disguise"),
          special("64:ff9b:1::/48", "a translator's own"),
          special("100::/64", "discard-only"),
          unused("2001:2::/48", "for benchmarks"),
          special("2001:10::/28", "no route, but a hash"),
          special("2001:20::/28", "no route, but a hash"),
          unused("2001:db8::/32", "for documentation"),
          unused("3fff::/20", "for documentation"),
          special("fc00::/7", "private"),
          special("fe80::/10", "link-local"),
          special("fec0::/10", "site-local"),
          special("ff00::/8", "multicast"));

  private static final Cidr GLOBAL = Cidr.parse("2000::/3");
  private static final Cidr TRANSLATED = Cidr.parse("64:ff9b::/96");

  private SpecialAddresses() {}

  /** Meaning of the range of an address, if it is a special one. */
  public static Optional<String> meaning(InetAddress address) {
    return meaning(address.getAddress());
  }

  /** The same for the four or sixteen bytes of an address. */
  public static Optional<String> meaning(byte[] address) {
    return ALL.stream()
        .filter(range -> range.addresses().contains(address))
        .map(Range::meaning)
        .findFirst();
  }

  /** Why an address is none of the public internet, if it is none: special, or not assigned yet. */
  public static Optional<String> notPublic(byte[] address) {
    return meaning(address)
        .or(() -> isUnassigned(address) ? Optional.of("unassigned") : Optional.empty());
  }

  /** Whether no host has this address: it is reserved for documentation or benchmarks. */
  public static boolean isUnused(InetAddress address) {
    return ALL.stream().anyMatch(range -> range.isUnused() && range.addresses().contains(address));
  }

  private static boolean isUnassigned(byte[] address) {
    return address.length == 16 && !GLOBAL.contains(address) && !TRANSLATED.contains(address);
  }

  private static Range special(String addresses, String meaning) {
    return new Range(Cidr.parse(addresses), meaning, false);
  }

  private static Range unused(String addresses, String meaning) {
    return new Range(Cidr.parse(addresses), meaning, true);
  }
}
