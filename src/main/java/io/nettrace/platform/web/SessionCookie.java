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

  /**
   * The token in a request, whose cookies are found by name. On HTTPS only the name that is bound
   * to the host counts: a neighbour under the same domain can set the other.
   */
  public static Optional<String> token(
      Function<String, Optional<String>> cookies, boolean isSecure) {
    return cookies.apply(isSecure ? SECURE : PLAIN);
  }

  /** The value of a Set-Cookie header. */
  public static String holding(String token, boolean isSecure) {
    return header(token, isSecure, "");
  }

  /** Makes the browser forget it. */
  public static String gone(boolean isSecure) {
    return header("", isSecure, "; Max-Age=0");
  }

  /** What a browser forgets beside the cookie at sign-out: the value of Clear-Site-Data. */
  public static String forgotten() {
    return "\"cache\", \"storage\"";
  }

  private static String header(String value, boolean isSecure, String life) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s"
        .formatted(isSecure ? SECURE : PLAIN, value, isSecure ? "; Secure" : "", life);
  }
}
