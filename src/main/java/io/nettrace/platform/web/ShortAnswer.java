package io.nettrace.platform.web;

import io.nettrace.platform.crypto.Sha256;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A refusal that costs next to nothing: a problem document for programs, a page of a few lines for
 * browsers. For what is refused before, or instead of, the work that a proper page would be.
 */
public final class ShortAnswer {
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{margin:0;min-height:100vh;display:grid;place-items:center;font:14px/20px system-ui,sans-serif;\
      background:light-dark(#fcfcfa,#101317);color:light-dark(#15181d,#e8eaed)}
      main{max-width:56ch;padding:24px;text-align:center}
      h1{margin:0 0 8px;font-size:24px;line-height:32px;font-weight:600}
      a{color:light-dark(#1a56c4,#8ab4ff)}
      """;

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-%s'".formatted(sha256(STYLE));

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
      response.setHeader("Content-Security-Policy", POLICY);
      // title and detail are texts of ours, without markup
      body =
          """
          <!DOCTYPE html>
          <html lang="en"><head><meta charset="UTF-8">\
          <meta name="viewport" content="width=device-width"><title>%1$s · NetTrace</title>\
          <style>%4$s</style></head>
          <body><main><h1>%1$s</h1><p>%2$s</p><p><a href="">Try again</a>%3$s</p></main></body></html>
          """
              .formatted(problem.title(), problem.detail(), wait(problem), STYLE)
              .getBytes(StandardCharsets.UTF_8);
    } else {
      response.setContentType(Problem.MEDIA_TYPE);
      body = problem.json(request.getRequestURI(), TraceId.of(request.getHeader("traceparent")));
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String wait(Problem problem) {
    return problem.retryAfterSeconds().isPresent()
        ? " in %d s".formatted(problem.retryAfterSeconds().getAsInt())
        : "";
  }

  private static String sha256(String text) {
    byte[] sum = Sha256.of(text);
    return Base64.getEncoder().encodeToString(sum);
  }
}
