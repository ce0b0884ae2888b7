package io.nettrace.identity;

import java.util.List;

/** What became of a change of second factors. */
public sealed interface FactorOutcome {
  /**
   * Done; all other sessions have ended.
   *
   * @param sessionToken under which the acting session goes on
   * @param recoveryCodes new ones, shown now and never again; empty when the old ones still hold
   */
  record Changed(String sessionToken, List<String> recoveryCodes) implements FactorOutcome {
    public Changed {
      recoveryCodes = List.copyOf(recoveryCodes);
    }
  }

  /** First show again who you are. */
  record StepUpNeeded() implements FactorOutcome {}

  /** The code or the authenticator's answer was wrong, too late, or there is no such factor. */
  record Refused() implements FactorOutcome {}

  /**
   * Without this factor the password would be the only one, and it is too short for that.
   *
   * @param least characters that it needs
   */
  record PasswordTooShort(int least) implements FactorOutcome {}

  /** The person has as many as anybody may have. */
  record TooMany(int most) implements FactorOutcome {}
}
