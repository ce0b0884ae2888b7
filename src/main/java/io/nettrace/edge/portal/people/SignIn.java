package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
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
  @Inject FormInput input;
  @Inject Faults faults;

  private String challenge = "";
  private boolean withApp = true;

  public void act() {
    switch (input.wish()) {
      case "password" ->
          settle(signIns.withPassword(input.get("email"), input.secret("password"), visit.from()));
      case "code" -> {
        challenge = input.get("challenge");
        withApp = !input.get("app").equals("no");
        settle(signIns.withCode(challenge, input.get("code"), visit.from()));
      }
      case "passkey" -> settle(signIns.withPasskey(input.get("answer"), visit.from()));
      default -> {
        if (visit.isInside() && input.get("did").isEmpty()) {
          FormResponse.go(next());
        }
      }
    }
  }

  private void settle(SignInOutcome outcome) {
    switch (outcome) {
      case SignInOutcome.SignedIn in -> {
        SessionEntry.keep(visit, in.sessionToken());
        in.deviceToken().ifPresent(token -> SessionEntry.know(visit, token));
        FormResponse.go(next());
      }
      case SignInOutcome.SecondFactorNeeded(String text, Set<Factor> factors) -> {
        challenge = text;
        withApp = factors.contains(Factor.AUTHENTICATOR_APP);
      }
      case SignInOutcome.Refused _ ->
          faults.whole(
              switch (input.wish()) {
                case "password" -> "E-mail address and password do not belong together";
                case "code" -> "That code is not right";
                default -> "That passkey is not known here, or the page waited too long; try again";
              });
      case SignInOutcome.CodeUsed _ -> faults.whole(PeopleTexts.CODE_USED);
      case SignInOutcome.AppClosed _ -> faults.whole(PeopleTexts.APP_CLOSED);
      case SignInOutcome.ChallengeOver _ -> {
        challenge = "";
        faults.whole("That took too long; begin again");
      }
      case SignInOutcome.LockedOut(var left) -> faults.whole(PeopleTexts.lockedOut(left));
      case SignInOutcome.Busy _ -> faults.whole(PeopleTexts.BUSY);
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
    return FormResponse.next(input.get("next"), PortalPage.OVERVIEW.address());
  }
}
