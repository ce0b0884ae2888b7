package io.nettrace.edge.portal.people;

import io.nettrace.identity.TokenVerdict;
import java.time.Duration;

/** What several pages about people say alike. */
final class PeopleTexts {
  static final String BUSY = "Too many people are here just now; try again in a moment";

  static final String CODE_USED = "That code was used already; wait for the next one";
  static final String APP_CLOSED =
      "There were ten wrong codes. Sign in with a passkey or a recovery code, or set a new"
          + " password";

  private PeopleTexts() {}

  static String lockedOut(Duration left) {
    long minutes = left.toMinutes() + 1;
    return "Too many attempts. Try again in %d %s, or set a new password"
        .formatted(minutes, minutes == 1 ? "minute" : "minutes");
  }

  /** Why a link from a mail opens nothing. */
  static String link(TokenVerdict.Refused why) {
    return switch (why) {
      case TokenVerdict.Unknown _ -> "This link was never good, or is long forgotten";
      case TokenVerdict.Expired _ -> "The link's time is over";
      case TokenVerdict.Used _ -> "The link was used before";
    };
  }
}
