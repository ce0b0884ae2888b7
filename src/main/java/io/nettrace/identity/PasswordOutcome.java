package io.nettrace.identity;

import java.time.Duration;
import java.util.Optional;

/** What came of setting a new password. */
public sealed interface PasswordOutcome {
  /**
   * Done; all other sessions have ended.
   *
   * @param sessionToken under which the acting session goes on; empty when there is none
   */
  record Changed(Optional<String> sessionToken) implements PasswordOutcome {
    @Override
    public String toString() {
      return "Changed";
    }
  }

  /** The old password is wrong. */
  record WrongPassword() implements PasswordOutcome {}

  /** The new password may not be used. */
  record NewPasswordRefused(PasswordVerdict verdict) implements PasswordOutcome {}

  /** The link is no good. */
  record TokenRefused(TokenVerdict.Refused why) implements PasswordOutcome {}

  record LockedOut(Duration retryAfter) implements PasswordOutcome {}

  record Busy() implements PasswordOutcome {}
}
