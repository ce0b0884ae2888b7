package io.nettrace.edge.api.v1;

import io.nettrace.platform.problem.Problem;

/** Ends a request with a problem. */
final class Refusal extends RuntimeException {
  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
