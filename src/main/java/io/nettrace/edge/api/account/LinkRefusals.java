package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.TokenVerdict;
import io.nettrace.platform.problem.Problem;

/** Why a link from a mail opens nothing. */
final class LinkRefusals {
  private LinkRefusals() {}

  /**
   * The refusal of a link.
   *
   * @param next what to do about it, as a sentence
   */
  static RefusalException of(TokenVerdict.Refused why, String next) {
    return switch (why) {
      case TokenVerdict.Unknown _ ->
          refusal(404, "token-unknown", "This link was never good, or is long forgotten. " + next);
      case TokenVerdict.Expired _ ->
          refusal(410, "token-expired", "The link's time is over. " + next);
      case TokenVerdict.Used _ -> refusal(409, "token-used", "The link was used before. " + next);
    };
  }

  private static RefusalException refusal(int status, String type, String detail) {
    return new RefusalException(Problem.of(type, "The link is no good", status, detail));
  }
}
