package io.nettrace.platform.web;

import io.nettrace.platform.text.DomainName;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Origin of a web page (RFC 6454): scheme, host and port, in the one form in which browsers send
 * it, so that two are the same when their texts are. Encrypted ones only, except on the reader's
 * own machine.
 */
public sealed interface WebOrigin {
  /** As in the header {@code Origin}: lower case, labels of other scripts as {@code xn--…}. */
  record Good(String text) implements WebOrigin {}

  record Bad(String reason) implements WebOrigin {}

  static WebOrigin parse(String text) {
    return Form.of(text);
  }

  /** The grammar, and its words. */
  final class Form {
    private static final int LONGEST = 300;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern ORIGIN =
        Pattern.compile(
            "(https?)://(\\[::1]|[^/?#@:\\\\\\s\\[\\]]+)(?::([0-9]{1,5}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH_PATH =
        Pattern.compile("https?://[^/?#]+[/?#].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Bad NONE = new Bad("is no origin, such as https://dashboard.example.com");

    private Form() {}

    private static WebOrigin of(String text) {
      if (text.length() > LONGEST) {
        return new Bad("has more than %d characters".formatted(LONGEST));
      }
      if (text.indexOf('*') >= 0) {
        return new Bad("has a wildcard; each origin is named by itself");
      }
      if (WITH_PATH.matcher(text).matches()) {
        return new Bad("must end with its host or port, without a slash or path");
      }
      Matcher parts = ORIGIN.matcher(text);
      return parts.matches()
          ? of(parts.group(1).toLowerCase(Locale.ROOT), parts.group(2), parts.group(3))
          : NONE;
    }

    private static WebOrigin of(String scheme, String written, @Nullable String port) {
      String host = written.toLowerCase(Locale.ROOT);
      if (!OWN_MACHINE.contains(host)) {
        switch (DomainName.parse(written)) {
          case DomainName.Bad(String reason) -> {
            return new Bad("its host " + reason);
          }
          case DomainName.Good(String ascii) -> host = ascii;
        }
        if (NUMERIC.matcher(host).matches() || host.endsWith(".")) {
          return new Bad("must name its host by a domain, without a dot at the end");
        }
      }
      if (scheme.equals("http") && !isOwnMachine(host)) {
        return new Bad("must begin with https://; http:// is for localhost only");
      }
      int number = port == null ? standardPort(scheme) : Integer.parseInt(port);
      if (number < 1 || number > HIGHEST_PORT) {
        return new Bad("must have a port from 1 to %d".formatted(HIGHEST_PORT));
      }
      return new Good(scheme + "://" + host + (number == standardPort(scheme) ? "" : ":" + number));
    }

    private static boolean isOwnMachine(String host) {
      return OWN_MACHINE.contains(host) || host.endsWith(".localhost");
    }

    private static int standardPort(String scheme) {
      return scheme.equals("https") ? 443 : 80;
    }
  }
}
