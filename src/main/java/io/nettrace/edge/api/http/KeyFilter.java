package io.nettrace.edge.api.http;

import io.nettrace.apikey.ApiKeys;
import io.nettrace.apikey.KeyText;
import io.nettrace.apikey.KeyVerdict;
import io.nettrace.platform.Service;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets nobody pass without a key, not even to find out which addresses exist. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@Service
public class KeyFilter implements ContainerRequestFilter {
  private static final String HEADER = "X-API-Key";
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_QUERY = 2048;
  private static final Pattern KEY = Pattern.compile(KeyText.PATTERN);
  private static final Set<String> KEY_PARAMETERS =
      Set.of("api_key", "apikey", "api-key", "x-api-key", "key", "token", "access_token");

  private final ApiKeys keys;
  private final HttpServletRequest servlet;

  @Inject
  KeyFilter(ApiKeys keys, HttpServletRequest servlet) {
    this.keys = keys;
    this.servlet = servlet;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    checkQuery(request.getUriInfo().getRequestUri().getRawQuery());
    switch (keys.verify(presented(request), client())) {
      case KeyVerdict.Accepted _ -> {}
      case KeyVerdict.Malformed _ -> throw KeyRefusals.keyMalformed();
      case KeyVerdict.Unknown _ -> throw KeyRefusals.keyUnknown();
      case KeyVerdict.Revoked _ -> throw KeyRefusals.keyRevoked();
      case KeyVerdict.Expired _ -> throw KeyRefusals.keyExpired();
      case KeyVerdict.AddressNotAllowed _ -> throw KeyRefusals.keyNotFromHere();
    }
  }

  private InetAddress client() {
    return InetAddress.ofLiteral(servlet.getRemoteAddr());
  }

  private static String presented(ContainerRequestContext request) {
    String key = request.getHeaderString(HEADER);
    if (key != null) {
      return key.strip();
    }
    String authorization = request.getHeaderString("Authorization");
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw KeyRefusals.keyMissing();
    }
    return authorization.substring(BEARER.length()).strip();
  }

  private static void checkQuery(@Nullable String query) {
    if (query == null) {
      return;
    }
    if (query.length() > LONGEST_QUERY) {
      throw BadRequests.addressTooLong(LONGEST_QUERY);
    }
    for (String pair : query.split("&", -1)) {
      String name = pair.split("=", 2)[0];
      if (KEY_PARAMETERS.contains(name.toLowerCase(Locale.ROOT)) || KEY.matcher(pair).find()) {
        throw KeyRefusals.keyInAddress(name);
      }
    }
  }
}
