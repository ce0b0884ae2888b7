package io.nettrace.platform.secret;

/** A file that should hold a certificate and its key does not, or not in a form that is read. */
public final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1;

  UnusableKeyException(String reason) {
    super(reason);
  }

  UnusableKeyException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
