package io.nettrace.edge.api.http;

import io.nettrace.platform.problem.Problem;

/** What is refused because too much of it is going on. */
public final class Busy {
  private Busy() {}

  public static RefusalException withPasswords() {
    return new RefusalException(
        Problem.of("busy", "Too many are signing in", 503, "Ask again in a moment.").retryAfter(2));
  }
}
