package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Answer;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Typed;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Factor;
import io.nettrace.identity.Passkeys;
import io.nettrace.identity.SignInOutcome;
import io.nettrace.identity.SignIns;
import jakarta.inject.Inject;
import java.util.Set;

/** Signing in: a password and a second factor where there is one, or a passkey alone. */
@Page
public class SignIn {
  @Inject SignIns signIns;
  @Inject Passkeys passkeys;
  @Inject Visit visit;
  @Inject Typed typed;
  @Inject Faults faults;

  private String challenge = "";
  private boolean withApp = true;

  public void act() {
    switch (typed.wish()) {
      case "password" ->
          settle(signIns.withPassword(typed.get("email"), typed.secret("password"), visit.from()));
      case "code" -> {
        challenge = typed.get("challenge");
        withApp = !typed.get("app").equals("no");
        settle(signIns.withCode(challenge, typed.get("code"), visit.from()));
      }
      case "passkey" -> settle(signIns.withPasskey(typed.get("answer"), visit.from()));
      default -> {
        if (visit.isInside() && typed.get("did").isEmpty()) {
          Answer.go(next());
        }
      }
    }
  }

  private void settle(SignInOutcome outcome) {
    switch (outcome) {
      case SignInOutcome.SignedIn in -> {
        Entry.keep(visit, in.sessionToken());
        in.deviceToken().ifPresent(token -> Entry.know(visit, token));
        Answer.go(next());
      }
      case SignInOutcome.SecondFactorNeeded(String text, Set<Factor> factors) -> {
        challenge = text;
        withApp = factors.contains(Factor.AUTHENTICATOR_APP);
      }
      case SignInOutcome.Refused _ ->
          faults.whole(
              switch (typed.wish()) {
                case "password" -> "E-mail address and password do not belong together";
                case "code" -> "That code is not right";
                default -> "That passkey is not known here, or the page waited too long; try again";
              });
      case SignInOutcome.CodeUsed _ -> faults.whole(Words.CODE_USED);
      case SignInOutcome.AppClosed _ -> faults.whole(Words.APP_CLOSED);
      case SignInOutcome.ChallengeOver _ -> {
        challenge = "";
        faults.whole("That took too long; begin again");
      }
      case SignInOutcome.LockedOut(var left) -> faults.whole(Words.lockedOut(left));
      case SignInOutcome.Busy _ -> faults.whole(Words.BUSY);
    }
  }

  /** Whether the password was right and a second factor is asked for. */
  public boolean isSecondStep() {
    return !challenge.isEmpty();
  }

  public String getChallenge() {
    return challenge;
  }

  /** Whether codes of an app are taken; those who have passkeys only have them on paper. */
  public boolean isWithApp() {
    return withApp;
  }

  /** What a browser is asked for, to sign in by passkey. */
  public String passkeyOptions() {
    return passkeys.signInOptions();
  }

  public String next() {
    return Answer.next(typed.get("next"), PortalPage.OVERVIEW.address());
  }
}
