package io.nettrace.platform.web;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The cookie by which a browser is known again at sign-in, with the form of {@link SessionCookie}.
 * It opens nothing: failures from a known device are only counted apart. It outlives the session.
 */
public final class DeviceCookie {
  private static final String SECURE = "__Host-nettrace-device";
  private static final String PLAIN = "nettrace-device";
  private static final Duration LIFE = Duration.ofDays(180);

  private DeviceCookie() {}

  /** The token in a request, whose cookies are found by name. */
  public static Optional<String> token(
      Function<String, Optional<String>> cookies, boolean isSecure) {
    return cookies.apply(isSecure ? SECURE : PLAIN);
  }

  /** The value of a Set-Cookie header. */
  public static String holding(String token, boolean isSecure) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Lax%s; Max-Age=%d"
        .formatted(isSecure ? SECURE : PLAIN, token, isSecure ? "; Secure" : "", LIFE.toSeconds());
  }
}
