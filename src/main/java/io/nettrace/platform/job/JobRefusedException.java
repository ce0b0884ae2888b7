package io.nettrace.platform.job;

/** A job that no further attempt can do. Its message is a sentence for an operator. */
public final class JobRefusedException extends Exception {
  public JobRefusedException(String message) {
    super(message);
  }

  public JobRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
