package io.nettrace.edge.api.http;

import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * The names under which the service is reached: its own, and {@code slug.} before it for each
 * tenant. A tenant's name in the address only ever has to agree with the credential.
 */
@Service
public class Hosts {
  private final PublicAddress root;
  private final String suffix;

  @Inject
  Hosts(PublicAddress root) {
    this.root = root;
    this.suffix = "." + root.host();
  }

  /** Refuses a request to one tenant's name with another's credential. */
  void check(ContainerRequestContext request, Tenant tenant) {
    String host = request.getHeaderString("Host");
    if (host == null) {
      return;
    }
    int end = host.length() - port(host);
    int dot = end - suffix.length();
    if (dot > 0
        && host.regionMatches(true, dot, suffix, 0, suffix.length())
        && !host.substring(0, dot).equalsIgnoreCase(tenant.slug())) {
      throw new RefusalException(
          Problem.of(
              "wrong-host",
              "This is another tenant's address",
              403,
              "Use " + root.base() + ", or your own tenant's name before it."));
    }
  }

  /** How long the port is that ends the name, with its colon. */
  private static int port(String host) {
    int colon = host.length() - 1;
    while (colon >= 0 && host.charAt(colon) >= '0' && host.charAt(colon) <= '9') {
      colon--;
    }
    return colon >= 0 && host.charAt(colon) == ':' ? host.length() - colon : 0;
  }

  /** Whether browsers reach us by HTTPS, perhaps through a proxy that ends it. */
  boolean isSecure(ContainerRequestContext request) {
    return root.isSecure() || "https".equals(request.getUriInfo().getRequestUri().getScheme());
  }
}
