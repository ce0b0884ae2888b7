package io.nettrace.platform;

import java.util.Optional;

/** Failures behind failures: containers and libraries wrap what was thrown, some more than once. */
public final class Causes {
  private Causes() {}

  /** The first of a kind, beginning with the failure itself. */
  public static <T> Optional<T> first(Throwable failure, Class<T> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
