package io.nettrace.launcher;

import org.jspecify.annotations.Nullable;

/** The start cannot go on; the message tells the operator why and what to do. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Exit status where trying again helps nothing before a setting is mended. */
  static final int WRONG_SETTINGS = 2;

  private static final int FAILED = 1;

  private final int status;

  StartFailure(String message) {
    this(message, FAILED, null);
  }

  StartFailure(String message, Throwable cause) {
    this(message, FAILED, cause);
  }

  StartFailure(String message, int status, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** What the program exits with. */
  int status() {
    return status;
  }
}
