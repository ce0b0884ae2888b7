package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.Refusal;
import io.nettrace.platform.problem.Problem;
import java.time.Duration;

/** Why somebody is not in, or is not believed to be who they say. */
final class SignInRefusals {
  private SignInRefusals() {}

  /** One text for all: which part was wrong is nobody's business. */
  static Refusal wrong() {
    return new Refusal(
        Problem.of(
            "sign-in-refused",
            "Not signed in",
            401,
            "Address, password, code or passkey is not right. Try again, or ask for a new password"
                + " with POST /api/v1/password-resets."));
  }

  /** Ended in the very moment in which it was used. */
  static Refusal over() {
    return new Refusal(
        Problem.of(
            "session-over", "Not authenticated", 401, "The session is over; sign in again."));
  }

  static Refusal challengeOver() {
    return new Refusal(
        Problem.of(
            "challenge-over",
            "Begin again",
            410,
            "The challenge's time is over, or it was used; begin again with POST"
                + " /api/v1/sessions."));
  }

  static Refusal lockedOut(Duration left) {
    int seconds = (int) Math.max(1, left.plusMillis(999).toSeconds());
    return new Refusal(
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
  static Refusal proof() {
    return new Refusal(
        Problem.of(
            "proof-refused",
            "This does not show who you are",
            403,
            "The password, code or passkey is not yours, or was used before; try again."));
  }

  static Refusal password() {
    return new Refusal(
        Problem.of(
            "wrong-password",
            "Wrong password",
            403,
            "It is not your present password; try again."));
  }
}
