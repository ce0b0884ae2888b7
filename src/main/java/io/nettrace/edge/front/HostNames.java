package io.nettrace.edge.front;

import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.web.WebConfig;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names under which requests are answered: the public one and those below it, the configured
 * ones, and the listener's own address. What else a client writes into {@code Host} would come back
 * in links.
 */
@Service
class HostNames {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String own;
  private final String suffix;
  private final Set<String> others;

  @Inject
  HostNames(PublicAddress root, WebConfig config) {
    this.own = root.host();
    this.suffix = "." + root.host();
    this.others = config.hosts();
  }

  boolean isAnswered(HttpServletRequest request) {
    return isAnswered(request.getHeader("Host"), request.getLocalAddr());
  }

  /** {@code host} as the header has it, perhaps with a port. */
  boolean isAnswered(@Nullable String host, String localAddress) {
    if (host == null) {
      return true; // HTTP/1.0: there is nothing that could come back
    }
    String name = host.substring(0, end(host)).toLowerCase(Locale.ROOT);
    return name.equals(own)
        || name.endsWith(suffix)
        || others.contains(name)
        || name.equals(localAddress)
        || name.equals("[" + localAddress + "]")
        || (LOOPBACK.contains(name) && isLoopback(localAddress));
  }

  private static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
  }

  /** Where the name ends and a port may begin. */
  private static int end(String host) {
    int colon = host.length() - 1;
    while (colon >= 0 && host.charAt(colon) >= '0' && host.charAt(colon) <= '9') {
      colon--;
    }
    return colon >= 0 && host.charAt(colon) == ':' ? colon : host.length();
  }
}
