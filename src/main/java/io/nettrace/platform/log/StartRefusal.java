package io.nettrace.platform.log;

import java.util.Optional;

/**
 * Why the application cannot start, in words for its operator. It is left where the program that
 * started the server, in the same JVM, finds it: the server itself only says that deployment
 * failed, among stack traces.
 */
public final class StartRefusal {
  private static final String PROPERTY = "nettrace.start-refusal";

  private StartRefusal() {}

  public static void leave(String reason) {
    System.setProperty(PROPERTY, reason);
  }

  public static Optional<String> reason() {
    return Optional.ofNullable(System.getProperty(PROPERTY));
  }
}
