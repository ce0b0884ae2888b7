package io.nettrace.identity;

/** What a presented session token is worth. */
public sealed interface SessionVerdict {
  record Live(Session session) implements SessionVerdict {}

  /** Unused for too long, or too old; the person has to sign in again. */
  record Expired() implements SessionVerdict {}

  /** Never issued, revoked, or forgotten. */
  record Unknown() implements SessionVerdict {}
}
