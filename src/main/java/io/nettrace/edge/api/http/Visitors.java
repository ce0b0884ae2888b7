package io.nettrace.edge.api.http;

import io.nettrace.identity.Visitor;
import io.nettrace.platform.web.DeviceCookie;
import io.nettrace.platform.web.Received;
import io.nettrace.platform.web.RequestCookies;
import io.nettrace.platform.web.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.function.Function;

/** Who is at the other end of a request. */
public final class Visitors {
  private static final String SECURE = Visitors.class.getName() + ".secure";

  private Visitors() {}

  /**
   * Keeps with the request whether browsers reach us by HTTPS, which only the first filter asks. A
   * property of the request is an attribute of the servlet's.
   */
  static void tell(ContainerRequestContext request, boolean isSecure) {
    request.setProperty(SECURE, isSecure);
  }

  public static Visitor of(HttpServletRequest request) {
    String program = request.getHeader("User-Agent");
    boolean isSecure = Boolean.TRUE.equals(request.getAttribute(SECURE));
    Function<String, Optional<String>> cookies = name -> RequestCookies.value(request, name);
    return new Visitor(
        Received.of(request).getRemoteAddr(),
        program == null ? "" : program,
        DeviceCookie.token(cookies, isSecure),
        SessionCookie.token(cookies, isSecure));
  }
}
