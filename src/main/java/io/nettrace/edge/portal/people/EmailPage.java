package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Page;
import io.nettrace.identity.EmailChanges;
import io.nettrace.identity.EmailOutcome;
import jakarta.inject.Inject;

/** The link that proves a new e-mail address. */
@Page
public class EmailPage {
  @Inject EmailChanges changes;
  @Inject FormInput input;
  @Inject Faults faults;

  public void act() {
    if (input.wish().equals("confirm")) {
      switch (changes.confirm(input.get("token"))) {
        case EmailOutcome.Changed _ -> FormResponse.go("/sign-in?did=email");
        case EmailOutcome.TokenRefused(var why) ->
            faults.whole(PeopleTexts.link(why) + "; sign in and ask for the change again");
        case EmailOutcome.Taken _ -> faults.whole("Another account has this address");
        case EmailOutcome.LinkSent _, EmailOutcome.Malformed _, EmailOutcome.StepUpNeeded _ ->
            faults.whole("Sign in and ask for the change again");
      }
    }
  }
}
