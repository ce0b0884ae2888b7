package io.nettrace.edge.portal;

import io.nettrace.platform.Causes;
import java.util.Optional;

/** Ends a page's request because what it names does not exist, or not for this person. */
public final class PageNotFoundException extends RuntimeException {
  public PageNotFoundException() {
    super("not found", null, false, false);
  }

  /** The one that stands behind what Faces made of it. */
  static Optional<PageNotFoundException> in(Throwable thrown) {
    return Causes.first(thrown, PageNotFoundException.class);
  }
}
