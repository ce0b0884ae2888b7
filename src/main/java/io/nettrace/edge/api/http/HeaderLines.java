package io.nettrace.edge.api.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Several lines of a header that is a list are one list (RFC 9110, 5.3). */
@Provider
@Priority(Priorities.AUTHENTICATION - 1)
public class HeaderLines implements ContainerRequestFilter {
  private static final List<String> LISTS = List.of("If-Match", "If-None-Match", "Accept-Encoding");

  @Override
  public void filter(ContainerRequestContext request) {
    for (String name : LISTS) {
      List<String> lines = request.getHeaders().get(name);
      if (lines != null && lines.size() > 1) {
        request.getHeaders().putSingle(name, String.join(", ", lines));
      }
    }
  }
}
