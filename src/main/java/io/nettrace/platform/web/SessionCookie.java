package io.nettrace.platform.web;

import java.util.Optional;
import java.util.function.Function;

/**
 * The cookie that holds a session's token: unreadable for scripts, never sent along by another
 * site's forms, and on HTTPS bound to this very host by its name. It goes when the browser closes.
 */
public final class SessionCookie {
  private static final String SECURE = "__Host-nettrace-session";
  private static final String PLAIN = "nettrace-session";

  private SessionCookie() {}

  /** The token in a request, whose cookies are found by name. */
  public static Optional<String> token(Function<String, Optional<String>> cookies) {
    return cookies.apply(SECURE).or(() -> cookies.apply(PLAIN));
  }

  /** The value of a Set-Cookie header. */
  public static String holding(String token, boolean isSecure) {
    return header(token, isSecure, "");
  }

  /** Makes the browser forget it. */
  public static String gone(boolean isSecure) {
    return header("", isSecure, "; Max-Age=0");
  }

  private static String header(String value, boolean isSecure, String life) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s"
        .formatted(isSecure ? SECURE : PLAIN, value, isSecure ? "; Secure" : "", life);
  }
}
