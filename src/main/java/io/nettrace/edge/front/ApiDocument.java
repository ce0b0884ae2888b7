package io.nettrace.edge.front;

import io.nettrace.platform.web.Captured;
import io.nettrace.platform.web.KeptAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document, written by the container once for each form it has, and kept as bytes. */
final class ApiDocument {
  private static final String PATH = "/openapi";

  private final Map<Form, KeptAnswer> kept = new ConcurrentHashMap<>();

  private enum Form {
    YAML,
    JSON
  }

  static boolean isAskedFor(HttpServletRequest request) {
    return request.getRequestURI().equals(PATH)
        && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
  }

  void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Form form = form(request);
    KeptAnswer answer = kept.get(form);
    if (answer == null) {
      Captured captured = new Captured(response);
      chain.doFilter(request, captured);
      if (captured.getStatus() != HttpServletResponse.SC_OK) {
        response.sendError(captured.getStatus());
        return;
      }
      String type = form == Form.JSON ? "application/json" : "application/yaml;charset=UTF-8";
      answer =
          new KeptAnswer(captured.bytes(), type, Map.of("Cache-Control", "public, max-age=300"));
      if (captured.bytes().length > 0 && request.getMethod().equals("GET")) {
        kept.put(form, answer);
      }
    }
    answer.serve(request, response);
  }

  /** The container writes YAML unless JSON is asked for. */
  private static Form form(HttpServletRequest request) {
    String query = request.getQueryString();
    if (query != null && query.toUpperCase(Locale.ROOT).contains("FORMAT=")) {
      return query.toUpperCase(Locale.ROOT).contains("FORMAT=JSON") ? Form.JSON : Form.YAML;
    }
    String accepted = request.getHeader("Accept");
    return accepted != null && accepted.startsWith("application/json") ? Form.JSON : Form.YAML;
  }
}
