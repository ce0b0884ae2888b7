package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.web.SameOrigin;
import jakarta.ws.rs.container.ContainerRequestContext;

/** Keeps other sites from using a browser's session against the API. */
final class SameOriginCheck {
  private SameOriginCheck() {}

  static void check(ContainerRequestContext request) {
    boolean ours =
        SameOrigin.isKept(
            request.getMethod(),
            request.getHeaderString("Sec-Fetch-Site"),
            request.getHeaderString("Origin"),
            request.getHeaderString("Host"));
    if (!ours) {
      throw new RefusalException(
          Problem.of(
              "cross-site",
              "Not from another site",
              403,
              "A session's cookie is good for pages of this site only; programs send Authorization:"
                  + " Session, or a key."));
    }
  }
}
