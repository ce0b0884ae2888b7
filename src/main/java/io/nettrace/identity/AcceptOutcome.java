package io.nettrace.identity;

import java.util.UUID;

/** What came of accepting an invitation. */
public sealed interface AcceptOutcome {
  /** The person belongs to the tenant; they still have to sign in. */
  record Joined(UUID tenantId, UUID accountId, Role role) implements AcceptOutcome {}

  /** The link is no good, or the invitation was withdrawn. */
  record TokenRefused(TokenVerdict.Refused why) implements AcceptOutcome {}

  /** The person has no account yet: accept again with a name and a password. */
  record PersonNeeded(EmailAddress email) implements AcceptOutcome {}

  /** The address has an account: sign in as that person first. */
  record SignInNeeded(EmailAddress email) implements AcceptOutcome {}

  /** Another person is signed in; the invitation stays as it is. */
  record NotYours(EmailAddress email) implements AcceptOutcome {}

  record NameRefused(String reason) implements AcceptOutcome {}

  record PasswordRefused(PasswordVerdict verdict) implements AcceptOutcome {}

  record Busy() implements AcceptOutcome {}
}
