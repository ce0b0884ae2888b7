package io.nettrace.edge.api.http;

import io.nettrace.platform.web.SessionCookie;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.util.Optional;

/** What a request shows of who makes it. A header of its own counts more than a cookie. */
sealed interface PresentedCredential {
  record Key(String text) implements PresentedCredential {}

  /** By a program, in a header. */
  record SessionToken(String token) implements PresentedCredential {}

  /** By a browser, which sends it whoever made it ask. */
  record CookieToken(String token) implements PresentedCredential {}

  record Nothing() implements PresentedCredential {}

  String KEY_HEADER = "X-API-Key";
  String BEARER = "Bearer ";
  String SESSION = "Session ";

  static PresentedCredential by(ContainerRequestContext request, boolean isSecure) {
    String key = request.getHeaderString(KEY_HEADER);
    if (key != null) {
      return new Key(key.strip());
    }
    String authorization = request.getHeaderString("Authorization");
    if (authorization != null) {
      return by(authorization);
    }
    return SessionCookie.token(
            name -> Optional.ofNullable(request.getCookies().get(name)).map(Cookie::getValue),
            isSecure)
        .<PresentedCredential>map(CookieToken::new)
        .orElseGet(Nothing::new);
  }

  private static PresentedCredential by(String authorization) {
    if (startsWith(authorization, BEARER)) {
      return new Key(authorization.substring(BEARER.length()).strip());
    }
    if (startsWith(authorization, SESSION)) {
      return new SessionToken(authorization.substring(SESSION.length()).strip());
    }
    throw KeyRefusals.keyMissing();
  }

  private static boolean startsWith(String authorization, String scheme) {
    return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
