package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;

/** Ends a request with a problem. */
public final class Refusal extends RuntimeException {
  private final transient Problem problem;

  public Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
