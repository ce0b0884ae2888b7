package io.nettrace.identity;

/** What came of a change of e-mail address. */
public sealed interface EmailOutcome {
  /** A link is on its way to the new address. Said also when somebody else has that address. */
  record LinkSent() implements EmailOutcome {}

  /** The account has the new address. */
  record Changed(EmailAddress email) implements EmailOutcome {}

  record Malformed(String reason) implements EmailOutcome {}

  /** First show again who you are. */
  record StepUpNeeded() implements EmailOutcome {}

  record TokenRefused(TokenVerdict.Refused why) implements EmailOutcome {}

  /** Somebody else has the address; told only to whoever reads its mail. */
  record Taken() implements EmailOutcome {}
}
