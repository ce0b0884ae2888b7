package io.nettrace.edge.api.account;

import io.nettrace.desk.Decision;
import io.nettrace.desk.DeniedException;
import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.FactorOutcome;
import io.nettrace.platform.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is answered to a change of a person's factors. */
final class FactorAnswers {
  private FactorAnswers() {}

  /**
   * A credential has changed; all other sessions have ended.
   *
   * @param session the token under which the acting session goes on
   * @param recoveryCodes new ones, shown now and never again; absent when there are none
   */
  record Changed(String session, @Nullable List<String> recoveryCodes) {}

  /**
   * The answer to an outcome.
   *
   * @param refused what it means here that the proof, or the thing to be changed, is not there
   */
  static Response of(
      FactorOutcome outcome, int status, boolean isSecure, Supplier<RefusalException> refused) {
    return switch (outcome) {
      case FactorOutcome.Changed(String token, List<String> codes) ->
          FreshSession.kept(
              Bodies.answer(status, new Changed(token, codes.isEmpty() ? null : codes)),
              token,
              isSecure);
      case FactorOutcome.StepUpNeeded _ -> throw new DeniedException(new Decision.StepUpNeeded());
      case FactorOutcome.Refused _ -> throw refused.get();
      case FactorOutcome.PasswordTooShort(int least) ->
          throw refusal(
              409,
              "password-too-short",
              "Without this factor your password is the only one, and needs %d characters for that;"
                      .formatted(least)
                  + " set a longer one with PUT /api/v1/account/password first.");
      case FactorOutcome.TooMany(int most) ->
          throw refusal(
              409,
              "too-many-factors",
              "You have %d already, and nobody has more; remove one first.".formatted(most));
    };
  }

  static RefusalException refusal(int status, String type, String detail) {
    return new RefusalException(
        Problem.of(type, "The factor cannot be changed so", status, detail));
  }
}
