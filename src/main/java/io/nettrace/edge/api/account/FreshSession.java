package io.nettrace.edge.api.account;

import io.nettrace.platform.web.SessionCookie;
import jakarta.ws.rs.core.Response;

/** A session's token on its way to its person: programs find it in the answer, browsers keep it. */
final class FreshSession {
  private FreshSession() {}

  static Response kept(Response answer, String token, boolean isSecure) {
    return Response.fromResponse(answer)
        .header("Set-Cookie", SessionCookie.holding(token, isSecure))
        .build();
  }

  static Response gone(Response answer, boolean isSecure) {
    return Response.fromResponse(answer).header("Set-Cookie", SessionCookie.gone(isSecure)).build();
  }
}
