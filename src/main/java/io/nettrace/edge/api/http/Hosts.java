package io.nettrace.edge.api.http;

import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.tenant.Tenant;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Locale;

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
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    if (name.endsWith(suffix) && !name.equals(tenant.slug() + suffix)) {
      throw new Refusal(
          Problem.of(
              "wrong-host",
              "This is another tenant's address",
              403,
              "Use " + root.base() + ", or your own tenant's name before it."));
    }
  }

  private static String withoutPort(String host) {
    int end = host.length();
    while (end > 0 && host.charAt(end - 1) >= '0' && host.charAt(end - 1) <= '9') {
      end--;
    }
    return end > 0 && host.charAt(end - 1) == ':' ? host.substring(0, end - 1) : host;
  }

  /** Whether browsers reach us by HTTPS, perhaps through a proxy that ends it. */
  boolean isSecure(ContainerRequestContext request) {
    return root.isSecure() || "https".equals(request.getUriInfo().getRequestUri().getScheme());
  }
}
