package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;
import java.util.Map;

/** Ends a request with a problem. */
public final class RefusalException extends RuntimeException {
  private final transient Problem problem;
  private final transient Map<String, String> headers;

  public RefusalException(Problem problem) {
    this(problem, Map.of());
  }

  /** With headers that the status asks for. */
  public RefusalException(Problem problem, Map<String, String> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  Map<String, String> headers() {
    return headers;
  }

  public Problem problem() {
    return problem;
  }
}
