package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Busy;
import io.nettrace.identity.PasswordOutcome;
import io.nettrace.identity.PasswordWords;
import io.nettrace.platform.problem.Problem.FieldError;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** What is answered to a new password. */
final class PasswordAnswers {
  private PasswordAnswers() {}

  /**
   * The answer to an outcome.
   *
   * @param field the body's member that holds the new password
   */
  static Response of(PasswordOutcome outcome, String field, boolean isSecure) {
    return switch (outcome) {
      case PasswordOutcome.Changed(Optional<String> token) ->
          token
              .map(
                  one ->
                      FreshSession.kept(
                          Bodies.answer(200, new FactorAnswers.Changed(one, null)), one, isSecure))
              .orElseGet(() -> Response.noContent().build());
      case PasswordOutcome.WrongPassword _ -> throw SignInRefusals.password();
      case PasswordOutcome.NewPasswordRefused(var verdict) ->
          throw Bodies.refused(List.of(new FieldError(field, PasswordWords.of(verdict))));
      case PasswordOutcome.TokenRefused(var why) ->
          throw LinkRefusals.of(why, "Ask for another one with POST /api/v1/password-resets.");
      case PasswordOutcome.LockedOut(var left) -> throw SignInRefusals.lockedOut(left);
      case PasswordOutcome.Busy _ -> throw Busy.withPasswords();
    };
  }
}
