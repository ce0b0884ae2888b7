package io.nettrace.platform.mail;

/** A mail could not be handed over this time. */
final class UndeliverableException extends Exception {
  private final boolean isPermanent;

  UndeliverableException(Exception cause) {
    this(cause, false);
  }

  private UndeliverableException(Exception cause, boolean isPermanent) {
    super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    this.isPermanent = isPermanent;
  }

  /** The server will never take this mail for this address. */
  static UndeliverableException forGood(Exception cause) {
    return new UndeliverableException(cause, true);
  }

  /** Whether trying again is of no use. */
  boolean isPermanent() {
    return isPermanent;
  }
}
