package io.nettrace.route;

import io.nettrace.geo.Origins;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * As whom an address counts on a path: where its origin is known, as its autonomous system and
 * prefix (/24 or /48), so that another interface of the same site is nobody new; else, and the
 * destination always, as itself.
 */
final class HopIdentity {
  private static final int IPV4_BYTES = 4;
  private static final int IPV4_PREFIX_BYTES = 3;
  private static final int IPV6_PREFIX_BYTES = 6;

  private final Origins origins;
  private final InetAddress destination;

  HopIdentity(Origins origins, InetAddress destination) {
    this.origins = origins;
    this.destination = destination;
  }

  /** Somebody stands in both sets. */
  boolean shares(Set<InetAddress> a, Set<InetAddress> b) {
    return !Collections.disjoint(a, b) || !Collections.disjoint(names(a), names(b));
  }

  Set<String> names(Set<InetAddress> addresses) {
    return addresses.stream().map(this::name).collect(Collectors.toSet());
  }

  private String name(InetAddress address) {
    OptionalLong asn = address.equals(destination) ? OptionalLong.empty() : origins.asn(address);
    return asn.isPresent()
        ? "AS" + asn.getAsLong() + " " + prefix(address)
        : address.getHostAddress();
  }

  private static String prefix(InetAddress address) {
    byte[] bytes = address.getAddress();
    int kept = bytes.length == IPV4_BYTES ? IPV4_PREFIX_BYTES : IPV6_PREFIX_BYTES;
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * Byte.SIZE;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has as many bytes as it had", e);
    }
  }
}
