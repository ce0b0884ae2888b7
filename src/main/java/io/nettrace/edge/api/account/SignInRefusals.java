package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.platform.problem.Problem;
import java.time.Duration;

/** Why somebody is not in, or is not believed to be who they say. */
final class SignInRefusals {
  private static final int CODE_SECONDS = 30;

  private SignInRefusals() {}

  /** One text for all: which part was wrong is nobody's business. */
  static RefusalException wrong() {
    return new RefusalException(
        Problem.of(
            "sign-in-refused",
            "Not signed in",
            401,
            "Address, password, code or passkey is not right. Try again, or ask for a new password"
                + " with POST /api/v1/password-resets."));
  }

  /** Ended in the very moment in which it was used. */
  static RefusalException over() {
    return new RefusalException(
        Problem.of(
            "session-over", "Not authenticated", 401, "The session is over; sign in again."));
  }

  /** The app's own code, entered again; it is not counted. */
  static RefusalException codeUsed() {
    return new RefusalException(
        Problem.of(
                "code-used",
                "Wait for the next code",
                409,
                "This code was used already; wait for the next one that your app shows.")
            .retryAfter(CODE_SECONDS));
  }

  /** Too many wrong codes after the right password. */
  static RefusalException appClosed() {
    return new RefusalException(
        Problem.of(
            "app-closed",
            "Codes of the app are refused",
            403,
            "There were ten wrong codes. Sign in with a passkey or a recovery code, or ask for a"
                + " new password with POST /api/v1/password-resets."));
  }

  static RefusalException challengeOver() {
    return new RefusalException(
        Problem.of(
            "challenge-over",
            "Begin again",
            410,
            "The challenge's time is over, or it was used; begin again with POST"
                + " /api/v1/sessions."));
  }

  static RefusalException lockedOut(Duration left) {
    int seconds = Problem.wholeSeconds(left);
    return new RefusalException(
        Problem.of(
                "locked-out",
                "Too many failures",
                429,
                "Wait %d seconds before the next attempt; a new password can be asked for with POST"
                        .formatted(seconds)
                    + " /api/v1/password-resets meanwhile.")
            .retryAfter(seconds));
  }

  /** The session is good, but what was shown to do more with it is not. */
  static RefusalException proof() {
    return new RefusalException(
        Problem.of(
            "proof-refused",
            "This does not show who you are",
            403,
            "The password, code or passkey is not yours, or was used before; try again."));
  }

  static RefusalException password() {
    return new RefusalException(
        Problem.of(
            "wrong-password",
            "Wrong password",
            403,
            "It is not your present password; try again."));
  }
}
