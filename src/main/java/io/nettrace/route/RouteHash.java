package io.nettrace.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String text(Set<String> names) {
    return names.isEmpty() ? "*" : names.stream().sorted().collect(Collectors.joining("|"));
  }
}
