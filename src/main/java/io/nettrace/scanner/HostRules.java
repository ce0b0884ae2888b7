package io.nettrace.scanner;

import io.nettrace.metric.AddressText;
import io.nettrace.platform.text.DomainName;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody may write as the host of an endpoint: a fully qualified public name, or an address
 * in its one plain form. Whatever a resolver somewhere might read in another way is refused.
 */
public final class HostRules {
  /** Top-level names that never belong to a public endpoint (RFC 6761, 6762, 8375, 9476). */
  private static final Set<String> PRIVATE_SUFFIXES =
      Set.of(
          "localhost",
          "local",
          "internal",
          "lan",
          "home",
          "corp",
          "arpa",
          "onion",
          "alt",
          "test",
          "invalid");

  private static final int LONGEST_NAME = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern SIXTH = Pattern.compile("[0-9a-f:]{2,39}");
  private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");
  private static final String ALABEL = "xn--";

  private HostRules() {}

  /** What was read. */
  public sealed interface Host {
    /** A name in lower case, as A-labels. */
    record Name(String text) implements Host {}

    /** An address; {@code text} is its canonical form (RFC 5952). */
    record Literal(String text, InetAddress address) implements Host {}

    record Refused(String reason) implements Host {}
  }

  /** The private top-level name that a host ends in, if it does. */
  public static Optional<String> privateSuffix(String host) {
    String suffix = host.substring(host.lastIndexOf('.') + 1);
    return PRIVATE_SUFFIXES.contains(suffix) ? Optional.of(suffix) : Optional.empty();
  }

  public static Host read(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      return new Host.Refused("a host has 1 to %d characters".formatted(LONGEST_NAME));
    }
    if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return new Host.Refused("spaces and control characters are no part of a host");
    }
    if (text.indexOf(':') >= 0) {
      return sixth(text.toLowerCase(Locale.ROOT));
    }
    return text.chars().allMatch(c -> c < 0x80) ? ascii(text.toLowerCase(Locale.ROOT)) : idn(text);
  }

  /** A name in another script; one that only imitates plain letters and digits is refused. */
  private static Host idn(String text) {
    return switch (DomainName.parse(text)) {
      case DomainName.Good(String converted) ->
          converted.startsWith(ALABEL) || converted.contains("." + ALABEL)
              ? ascii(converted)
              : new Host.Refused("write it in plain letters: " + converted);
      case DomainName.Bad(String reason) -> new Host.Refused("it " + reason);
    };
  }

  private static Host ascii(String text) {
    if (text.endsWith(".")) {
      return new Host.Refused("write it without the dot at the end");
    }
    String[] labels = text.split("\\.", -1);
    if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
      return quad(text);
    }
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return new Host.Refused(
            "each part of a name is 1 to 63 of a-z, 0-9 and -, and neither begins nor ends with"
                + " -; no user, port or path belongs to it");
      }
      if (label.startsWith("--", 2) && !isALabel(label)) {
        return new Host.Refused("'%s' is no valid international label".formatted(label));
      }
    }
    if (labels.length < 2) {
      return new Host.Refused("a name is fully qualified, such as www.example.com");
    }
    return privateSuffix(text)
        .<Host>map(
            suffix ->
                new Host.Refused("it ends in .%s, which no public endpoint does".formatted(suffix)))
        .orElseGet(() -> new Host.Name(text));
  }

  private static boolean isALabel(String label) {
    return DomainName.isValidLabel(label);
  }

  /**
   * Decimal, octal, hexadecimal and shortened forms mean different addresses to different readers.
   */
  private static Host quad(String text) {
    if (!QUAD.matcher(text).matches()) {
      return new Host.Refused("an IPv4 address is four decimal numbers, such as 192.0.2.1");
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return new Host.Literal(text, address);
    } catch (IllegalArgumentException e) {
      return new Host.Refused("each number of an IPv4 address is at most 255");
    }
  }

  private static Host sixth(String text) {
    if (!SIXTH.matcher(text).matches()) {
      return new Host.Refused(
          "an IPv6 address is digits, a-f and colons only; no port, zone or brackets belong to it");
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return address.getAddress().length == 16
          ? new Host.Literal(AddressText.of(address), address)
          : new Host.Refused("write it as the IPv4 address that it is");
    } catch (IllegalArgumentException e) {
      return new Host.Refused("it is no IPv6 address");
    }
  }
}
