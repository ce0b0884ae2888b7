package io.nettrace.edge.api.http;

import io.nettrace.platform.Service;
import io.nettrace.platform.web.AddressLimit;
import io.nettrace.platform.web.Received;
import io.nettrace.tenant.TenantSettings;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * Cross-origin resource sharing (CORS) for dashboards in browsers, for reads with a key and nothing
 * else. A preflight carries no key, so it is answered by what any tenant lists, without saying
 * whose it is; the answer itself is given to a page only if the key's own tenant lists its origin.
 * Cookies are never shared. {@code Vary} keeps caches from mixing answers to different pages.
 */
@Provider
@PreMatching
@Priority(CrossOrigin.BEFORE_AUTHENTICATION)
@Service
public class CrossOrigin implements ContainerRequestFilter, ContainerResponseFilter {
  static final int BEFORE_AUTHENTICATION = Priorities.AUTHENTICATION - 1;
  private static final String TENANT = CrossOrigin.class.getName() + ".tenant";

  private static final String ORIGIN = "Origin";
  private static final String VARY = "Vary";
  private static final String ASKED_METHOD = "Access-Control-Request-Method";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final int KEPT_SECONDS = 600;

  /** Of one address; browsers ask once in ten minutes for each address of the API. */
  private static final int PREFLIGHTS_PER_MINUTE = 600;

  private static final String READ_HEADERS =
      "Authorization, If-None-Match, Range, Traceparent, X-API-Key";
  private static final String TOLD_HEADERS =
      String.join(
          ", ",
          "Content-Disposition",
          "Content-Range",
          "ETag",
          "Link",
          AnswerNotes.NOTICE,
          AnswerNotes.VANTAGE_POINT,
          "RateLimit",
          "RateLimit-Policy",
          "Retry-After",
          AnswerEncoding.TRACE_ID);

  private final TenantSettings settings;
  private final HttpServletRequest servlet;
  private final AddressLimit limit = new AddressLimit(PREFLIGHTS_PER_MINUTE);

  @Inject
  CrossOrigin(TenantSettings settings, HttpServletRequest servlet) {
    this.settings = settings;
    this.servlet = servlet;
  }

  /** The request shows a key of this tenant. */
  static void tell(ContainerRequestContext request, UUID tenantId) {
    request.setProperty(TENANT, tenantId);
  }

  /** Answers a preflight. */
  @Override
  public void filter(ContainerRequestContext request) {
    if (!request.getMethod().equals("OPTIONS")) {
      return;
    }
    OptionalInt wait = limit.refused(Received.of(servlet).getRemoteAddr());
    if (wait.isPresent()) {
      throw OpenDoor.tooMany(PREFLIGHTS_PER_MINUTE, wait.getAsInt());
    }
    Optional<String> origin = origin(request);
    String method = request.getHeaderString(ASKED_METHOD);
    if (origin.isEmpty() || method == null) {
      return;
    }
    Response.ResponseBuilder answer = Response.noContent();
    if (READS.contains(method) && settings.isListed(origin.get())) {
      answer
          .header(ALLOW_ORIGIN, origin.get())
          .header("Access-Control-Allow-Methods", "GET, HEAD")
          .header("Access-Control-Allow-Headers", READ_HEADERS)
          .header("Access-Control-Max-Age", KEPT_SECONDS);
    }
    request.abortWith(answer.build());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    Object vary = headers.getFirst(VARY);
    headers.putSingle(VARY, vary == null ? ORIGIN : vary + ", " + ORIGIN);
    if (request.getSecurityContext() instanceof ApiCaller caller) {
      caller.notes().put(headers);
    }
    if (READS.contains(request.getMethod())
        && request.getProperty(TENANT) instanceof UUID tenantId) {
      origin(request)
          .filter(origin -> settings.of(tenantId).origins().contains(origin))
          .ifPresent(
              origin -> {
                headers.putSingle(ALLOW_ORIGIN, origin);
                headers.putSingle("Access-Control-Expose-Headers", TOLD_HEADERS);
              });
    }
  }

  /** The page's origin as its browser wrote it; browsers write one. */
  private static Optional<String> origin(ContainerRequestContext request) {
    List<String> all = request.getHeaders().getOrDefault(ORIGIN, List.of());
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }
}
