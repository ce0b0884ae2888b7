package io.nettrace.edge.api.http;

import io.nettrace.platform.Service;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.web.AddressLimit;
import io.nettrace.platform.web.Received;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Bounds what strangers may do who show no credential. */
@Service
public class OpenDoor implements ContainerRequestFilter {
  private final HttpServletRequest servlet;
  private final int perMinute;
  private final AddressLimit limit;

  @Inject
  OpenDoor(HttpServletRequest servlet, ApiConfig config) {
    this.servlet = servlet;
    this.perMinute = config.openPerMinute();
    this.limit = new AddressLimit(perMinute);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    limit
        .refused(Received.of(servlet).getRemoteAddr())
        .ifPresent(
            seconds -> {
              throw tooMany(perMinute, seconds);
            });
  }

  static RefusalException tooMany(int perMinute, int seconds) {
    return new RefusalException(
        Problem.of(
                "address-rate-exceeded",
                "Too many calls from your address",
                429,
                "Without a key or session at most %d a minute are answered.".formatted(perMinute))
            .retryAfter(seconds));
  }
}
