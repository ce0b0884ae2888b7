package io.nettrace.edge.wellknown;

import io.nettrace.platform.PublicAddress;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The small files that programs look for at addresses of their own. */
@WebServlet({
  "/.well-known/security.txt",
  "/.well-known/change-password",
  "/robots.txt",
  "/favicon.ico"
})
public class WellKnownFiles extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final Duration GOOD_FOR = Duration.ofDays(180);
  private static final String DAY = "public, max-age=86400";

  private static final String ROBOTS =
      """
      User-agent: *
      Disallow: /api/
      Disallow: /account/
      Disallow: /console/
      Disallow: /live
      """;

  private static final String SIGN =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" \
      fill="#10243e"/><path d="M5 22 L12 12 L19 18 L27 8" fill="none" stroke="#7fd1ff" \
      stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>
      """;

  private final transient PublicAddress address;
  private final transient Clock clock;

  @Inject
  public WellKnownFiles(PublicAddress address, Clock clock) {
    this.address = address;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getServletPath()) {
      case "/.well-known/security.txt" -> write(response, "text/plain;charset=utf-8", security());
      case "/robots.txt" -> write(response, "text/plain;charset=utf-8", ROBOTS);
      case "/favicon.ico" -> write(response, "image/svg+xml", SIGN);
      default -> {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", "/account/security");
      }
    }
  }

  private String security() {
    return """
    Contact: mailto:security@%s
    Expires: %s
    Preferred-Languages: en
    Canonical: %s/.well-known/security.txt
    """
        .formatted(
            address.host(),
            clock.instant().plus(GOOD_FOR).truncatedTo(ChronoUnit.DAYS),
            address.base());
  }

  private static void write(HttpServletResponse response, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setContentType(type);
    response.setHeader("Cache-Control", DAY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
