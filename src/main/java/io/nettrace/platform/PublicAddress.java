package io.nettrace.platform;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where people reach this installation from outside: what links in mails begin with, and the origin
 * that passkeys are bound to.
 *
 * @param base scheme, host and perhaps a port; no path, no slash at the end
 */
public record PublicAddress(URI base) {
  public static final Setting<URI> URL =
      new Setting<>(
          "nettrace.public-url",
          "http://localhost:8080",
          "https://host or https://host:port; plain http only for localhost",
          "Address at which people reach this installation; links in mails begin with it, and"
              + " passkeys hold for its host only.",
          PublicAddress::parse);
  public static final List<Setting<?>> SETTINGS = List.of(URL);

  public static PublicAddress from(Settings settings) {
    return new PublicAddress(settings.get(URL));
  }

  /** The whole address of a page. {@code path} begins with a slash. */
  public String link(String path) {
    return base + path;
  }

  public String host() {
    return base.getHost();
  }

  public boolean isSecure() {
    return base.getScheme().equals("https");
  }

  private static URI parse(String text) {
    URI uri = uri(text.replaceFirst("/$", "").toLowerCase(Locale.ROOT));
    @Nullable String scheme = uri.getScheme();
    @Nullable String host = uri.getHost();
    if (host == null || scheme == null || !List.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException("it is not the address of a web site");
    }
    if (scheme.equals("http") && !isLocal(host)) {
      throw new IllegalArgumentException("plain http is for localhost only");
    }
    if (!uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it has more than scheme, host and port");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("it names a user");
    }
    return uri;
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is not the address of a web site", e);
    }
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.endsWith(".localhost") || host.equals("127.0.0.1");
  }
}
