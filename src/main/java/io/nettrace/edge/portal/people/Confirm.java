package io.nettrace.edge.portal.people;

import io.nettrace.desk.Action;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Accounts;
import io.nettrace.identity.Factor;
import io.nettrace.identity.Passkeys;
import io.nettrace.identity.SignIns;
import io.nettrace.identity.StepUpOutcome;
import jakarta.inject.Inject;

/** Showing again who one is, before something that matters. */
@Page
public class Confirm {
  @Inject SignIns signIns;
  @Inject Accounts accounts;
  @Inject Passkeys passkeys;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;

  @Guarded(
      forms = {
        @Form(value = "password", needs = Action.STEP_UP),
        @Form(value = "code", needs = Action.STEP_UP),
        @Form(value = "passkey", needs = Action.STEP_UP)
      })
  public void act() {
    switch (input.wish()) {
      case "password" ->
          settle(signIns.stepUpWithPassword(visit.person(), input.secret("password")));
      case "code" -> settle(signIns.stepUpWithCode(visit.person(), input.get("code")));
      case "passkey" -> settle(signIns.stepUpWithPasskey(visit.person(), input.get("answer")));
      default -> {}
    }
  }

  private void settle(StepUpOutcome outcome) {
    switch (outcome) {
      case StepUpOutcome.SteppedUp _ -> FormResponse.go(next());
      case StepUpOutcome.CodeUsed _ -> faults.whole(PeopleTexts.CODE_USED);
      case StepUpOutcome.Refused _ -> faults.whole("That is not right; try again");
      case StepUpOutcome.LockedOut(var left) -> faults.whole(PeopleTexts.lockedOut(left));
      case StepUpOutcome.Busy _ -> faults.whole(PeopleTexts.BUSY);
    }
  }

  public boolean isWithApp() {
    return accounts.factors(visit.person().accountId()).contains(Factor.AUTHENTICATOR_APP);
  }

  public boolean isWithPasskey() {
    return accounts.factors(visit.person().accountId()).contains(Factor.PASSKEY);
  }

  public String passkeyOptions() {
    return passkeys.signInOptions();
  }

  public String next() {
    return FormResponse.next(input.get("next"), PortalPage.SECURITY.address());
  }
}
