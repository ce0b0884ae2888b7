package io.nettrace.geo;

import java.net.InetAddress;
import java.util.OptionalLong;

/** Which autonomous system announces an address, where that is known. */
@FunctionalInterface
public interface Origins {
  /** Knows nothing. */
  Origins UNKNOWN = _ -> OptionalLong.empty();

  OptionalLong asn(InetAddress address);
}
