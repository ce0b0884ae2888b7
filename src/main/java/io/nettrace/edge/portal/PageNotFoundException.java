package io.nettrace.edge.portal;

import java.util.Optional;

/** Ends a page's request because what it names does not exist, or not for this person. */
public final class PageNotFoundException extends RuntimeException {
  public PageNotFoundException() {
    super("not found", null, false, false);
  }

  /** The one that stands behind what Faces made of it. */
  static Optional<PageNotFoundException> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PageNotFoundException missing) {
        return Optional.of(missing);
      }
    }
    return Optional.empty();
  }
}
