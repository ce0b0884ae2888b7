package io.nettrace.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What came of an attempt to sign in. */
public sealed interface SignInOutcome {
  /**
   * The person is in.
   *
   * @param sessionToken to be given to the person and nobody else
   * @param deviceToken for the device cookie of a browser that has none of ours yet
   */
  record SignedIn(String sessionToken, UUID sessionId, UUID accountId, Optional<String> deviceToken)
      implements SignInOutcome {
    @Override
    public String toString() {
      return "SignedIn[sessionId=" + sessionId + "]";
    }
  }

  /**
   * The password was right, and is not enough.
   *
   * @param challenge to be shown together with the factor, within five minutes
   */
  record SecondFactorNeeded(String challenge, Set<Factor> factors) implements SignInOutcome {
    public SecondFactorNeeded {
      factors = Set.copyOf(factors);
    }

    @Override
    public String toString() {
      return "SecondFactorNeeded" + factors;
    }
  }

  /** Wrong address, password, code or passkey; which one is nobody's business. */
  record Refused() implements SignInOutcome {}

  /** The app's own code, entered again: wait for the next one. It is not counted. */
  record CodeUsed() implements SignInOutcome {}

  /**
   * Too many wrong codes: the app is closed until the person signs in with a passkey or a recovery
   * code, or sets a new password.
   */
  record AppClosed() implements SignInOutcome {}

  /** The challenge ran out or was used: begin with the password again. */
  record ChallengeOver() implements SignInOutcome {}

  /** Too many failures for this address or from there. */
  record LockedOut(Duration retryAfter) implements SignInOutcome {}

  /** Too many are signing in just now. */
  record Busy() implements SignInOutcome {}
}
