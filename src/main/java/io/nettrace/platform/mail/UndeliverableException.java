package io.nettrace.platform.mail;

/** A mail could not be handed over this time. */
final class UndeliverableException extends Exception {
  UndeliverableException(Exception cause) {
    super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
  }
}
