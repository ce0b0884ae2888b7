package io.nettrace.edge.api.http;

import io.nettrace.identity.Visitor;
import jakarta.servlet.http.HttpServletRequest;

/** Who is at the other end of a request. */
public final class Visitors {
  private Visitors() {}

  public static Visitor of(HttpServletRequest request) {
    String program = request.getHeader("User-Agent");
    return new Visitor(request.getRemoteAddr(), program == null ? "" : program);
  }
}
