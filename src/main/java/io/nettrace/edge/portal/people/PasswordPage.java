package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Page;
import io.nettrace.identity.PasswordChanges;
import io.nettrace.identity.PasswordOutcome;
import io.nettrace.identity.PasswordWords;
import jakarta.inject.Inject;

/** A new password in place of one that was forgotten: a letter first. */
@Page
public class PasswordPage {
  @Inject PasswordChanges passwords;
  @Inject FormInput input;
  @Inject Faults faults;

  private boolean letterSent;

  public void act() {
    switch (input.wish()) {
      case "ask" -> {
        passwords.requestReset(input.get("email"));
        letterSent = true;
      }
      case "set" -> set(passwords.reset(input.get("token"), input.secret("password")));
      default -> {}
    }
  }

  private void set(PasswordOutcome outcome) {
    switch (outcome) {
      case PasswordOutcome.Changed _ -> FormResponse.go("/sign-in?did=password");
      case PasswordOutcome.NewPasswordRefused(var verdict) ->
          faults.of("password", PasswordWords.of(verdict));
      case PasswordOutcome.TokenRefused(var why) ->
          faults.whole(PeopleTexts.link(why) + "; ask for another one");
      case PasswordOutcome.LockedOut(var left) -> faults.whole(PeopleTexts.lockedOut(left));
      case PasswordOutcome.WrongPassword _, PasswordOutcome.Busy _ ->
          faults.whole(PeopleTexts.BUSY);
    }
  }

  public boolean isLetterSent() {
    return letterSent;
  }

  /** Whether the link from the letter is being used. */
  public boolean isSetting() {
    return input.wish().equals("set");
  }
}
