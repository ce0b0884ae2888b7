package io.nettrace.platform.web;

import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A refusal that costs next to nothing: a problem document for programs, a page of a few lines for
 * browsers. For what is refused before, or instead of, the work that a proper page would be.
 */
public final class ShortAnswer {
  private ShortAnswer() {}

  /** Whether a page is wanted, as browsers do, and not a document for programs. */
  public static boolean isForAPerson(HttpServletRequest request) {
    String accepted = request.getHeader("Accept");
    return accepted != null && accepted.contains("text/html");
  }

  public static void send(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    response.setStatus(problem.status());
    response.setHeader("Cache-Control", "no-store");
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.setHeader("Retry-After", Integer.toString(seconds)));
    byte[] body;
    if (isForAPerson(request)) {
      response.setContentType("text/html;charset=UTF-8");
      response.setHeader("Content-Security-Policy", "default-src 'none'");
      // title and detail are texts of ours, without markup
      body =
          """
          <!DOCTYPE html>
          <html lang="en"><head><meta charset="UTF-8">\
          <meta name="viewport" content="width=device-width"><title>%1$s · NetTrace</title></head>
          <body><h1>%1$s</h1><p>%2$s</p><p><a href="">Try again</a></p></body></html>
          """
              .formatted(problem.title(), problem.detail())
              .getBytes(StandardCharsets.UTF_8);
    } else {
      response.setContentType(Problem.MEDIA_TYPE);
      body = problem.json(request.getRequestURI(), TraceId.of(request.getHeader("traceparent")));
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
