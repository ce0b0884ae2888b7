package io.nettrace.edge.portal;

import jakarta.servlet.http.HttpServletResponse;

/**
 * What browsers are told of every answer. The content security policy of pages is PrimeFaces's own
 * header, which knows the page's nonce.
 */
final class Headers {
  private Headers() {}

  static void put(HttpServletResponse response, boolean isSecure) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (isSecure) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
  }
}
