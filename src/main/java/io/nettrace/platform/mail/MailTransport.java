package io.nettrace.platform.mail;

/** Where mail goes. */
interface MailTransport {
  /** Returns when the mail is with whoever answers for it from now on. */
  void deliver(Letter letter) throws UndeliverableException;
}
