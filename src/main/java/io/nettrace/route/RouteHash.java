package io.nettrace.route;

import io.nettrace.platform.crypto.Sha256;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/** The short name of a canonical path: 16 hexadecimal digits of a SHA-256. */
final class RouteHash {
  private static final int BYTES = 8;

  private RouteHash() {}

  static String of(CanonicalPath path, HopIdentity identity) {
    String text =
        path.hops().stream().map(hop -> text(identity.names(hop))).collect(Collectors.joining(" "))
            + (path.complete() ? " ." : " …");
    byte[] digest = Sha256.of(text);
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }

  private static String text(Set<String> names) {
    return names.isEmpty() ? "*" : names.stream().sorted().collect(Collectors.joining("|"));
  }
}
