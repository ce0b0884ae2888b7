package io.nettrace.route;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/** The short name of a canonical path: 16 hexadecimal digits of a SHA-256. */
public final class RouteHash {
  private static final int BYTES = 8;

  private RouteHash() {}

  public static String of(CanonicalPath path) {
    String text =
        path.hops().stream().map(RouteHash::hop).collect(Collectors.joining(" "))
            + (path.complete() ? " ." : " …");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hop(Set<InetAddress> addresses) {
    return addresses.isEmpty()
        ? "*"
        : addresses.stream()
            .map(InetAddress::getHostAddress)
            .sorted()
            .collect(Collectors.joining("|"));
  }
}
