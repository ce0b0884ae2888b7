package io.nettrace.desk;

import io.nettrace.platform.Causes;
import java.util.Optional;

/** Ends a request whose action was denied; each door turns the decision into its answer. */
public final class DeniedException extends RuntimeException {
  private final transient Decision.Denied decision;

  public DeniedException(Decision.Denied decision) {
    super(decision.toString(), null, false, false);
    this.decision = decision;
  }

  public Decision.Denied decision() {
    return decision;
  }

  /** The one that stands behind what a container made of it. */
  public static Optional<DeniedException> in(Throwable thrown) {
    return Causes.first(thrown, DeniedException.class);
  }
}
