package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites from using a browser's session: a request that changes something and is known
 * by a cookie must say that it comes from a page of ours.
 */
final class SameOrigin {
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private SameOrigin() {}

  static void check(ContainerRequestContext request) {
    if (HARMLESS.contains(request.getMethod())) {
      return;
    }
    String site = request.getHeaderString("Sec-Fetch-Site");
    boolean ours =
        site == null
            ? isOurs(request.getHeaderString("Origin"), request.getHeaderString("Host"))
            : site.equals("same-origin");
    if (!ours) {
      throw new Refusal(
          Problem.of(
              "cross-site",
              "Not from another site",
              403,
              "A session's cookie is good for pages of this site only; programs send Authorization:"
                  + " Session, or a key."));
    }
  }

  private static boolean isOurs(@Nullable String origin, @Nullable String host) {
    if (origin == null || host == null) {
      return false;
    }
    try {
      return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
