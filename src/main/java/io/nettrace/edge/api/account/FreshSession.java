package io.nettrace.edge.api.account;

import io.nettrace.identity.SignInOutcome;
import io.nettrace.platform.web.DeviceCookie;
import io.nettrace.platform.web.SessionCookie;
import jakarta.ws.rs.core.Response;

/** A session's token on its way to its person: programs find it in the answer, browsers keep it. */
final class FreshSession {
  private FreshSession() {}

  static Response kept(Response answer, String token, boolean isSecure) {
    return Response.fromResponse(answer)
        .header("Set-Cookie", SessionCookie.holding(token, isSecure))
        .header("Cache-Control", null)
        .header("Cache-Control", "no-store")
        .build();
  }

  /** A session that began by signing in, at a browser that is known from now on. */
  static Response begun(Response answer, SignInOutcome.SignedIn in, boolean isSecure) {
    Response kept = kept(answer, in.sessionToken(), isSecure);
    return in.deviceToken().isEmpty()
        ? kept
        : Response.fromResponse(kept)
            .header("Set-Cookie", DeviceCookie.holding(in.deviceToken().get(), isSecure))
            .build();
  }

  static Response gone(Response answer, boolean isSecure) {
    return Response.fromResponse(answer)
        .header("Set-Cookie", SessionCookie.gone(isSecure))
        .header("Clear-Site-Data", SessionCookie.forgotten())
        .header("Cache-Control", "no-store")
        .build();
  }
}
