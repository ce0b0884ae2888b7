package io.nettrace.edge.api.http;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that holds a session's token: unreadable for scripts, never sent to another site, and
 * on HTTPS bound to this very host by its name.
 */
public final class SessionCookies {
  private static final String SECURE = "__Host-nettrace-session";
  private static final String PLAIN = "nettrace-session";

  private SessionCookies() {}

  static @Nullable Cookie find(Map<String, Cookie> cookies) {
    Cookie secure = cookies.get(SECURE);
    return secure == null ? cookies.get(PLAIN) : secure;
  }

  /** For the browser to keep until it is closed. */
  public static NewCookie holding(String token, boolean isSecure) {
    return cookie(token, isSecure, NewCookie.DEFAULT_MAX_AGE);
  }

  /** Makes the browser forget it. */
  public static NewCookie gone(boolean isSecure) {
    return cookie("", isSecure, 0);
  }

  private static NewCookie cookie(String value, boolean isSecure, int maxAge) {
    return new NewCookie.Builder(isSecure ? SECURE : PLAIN)
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .secure(isSecure)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
