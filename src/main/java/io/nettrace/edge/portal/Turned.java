package io.nettrace.edge.portal;

import java.util.Optional;

/** Refusal in the middle of a page. */
public final class Turned extends RuntimeException {
  /** For what reason. */
  public enum Why {
    FORBIDDEN,
    NOT_FRESH,
    NOT_FOUND
  }

  private final Why why;

  public Turned(Why why) {
    super("turned away: " + why, null, false, false);
    this.why = why;
  }

  public Why why() {
    return why;
  }

  /** The one that stands behind what a page's technique made of it. */
  static Optional<Turned> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Turned turned) {
        return Optional.of(turned);
      }
    }
    return Optional.empty();
  }
}
