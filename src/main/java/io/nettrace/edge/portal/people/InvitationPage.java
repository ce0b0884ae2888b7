package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.AcceptOutcome;
import io.nettrace.identity.Invitations;
import io.nettrace.identity.NewPerson;
import io.nettrace.identity.PasswordWords;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Joining a tenant with the link from an invitation. */
@Page
public class InvitationPage {
  @Inject Invitations invitations;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;

  private boolean personNeeded;
  private String email = "";

  public void act() {
    if (input.wish().equals("accept")) {
      personNeeded = input.has("name");
      Optional<NewPerson> person =
          personNeeded
              ? Optional.of(new NewPerson(input.get("name"), input.secret("password")))
              : Optional.empty();
      settle(invitations.accept(input.get("token"), person, visit.session()));
    }
  }

  private void settle(AcceptOutcome outcome) {
    switch (outcome) {
      case AcceptOutcome.Joined(var _, var account, var _) -> FormResponse.go(onwards(account));
      case AcceptOutcome.TokenRefused(var why) ->
          faults.whole(PeopleTexts.link(why) + "; ask the person who invited you for another");
      case AcceptOutcome.PersonNeeded(var address) -> {
        personNeeded = true;
        email = address.text();
      }
      case AcceptOutcome.SignInNeeded(var address) ->
          faults.whole(
              "This invitation is for %s, who has an account. Sign in, and open the link in the letter again"
                  .formatted(address));
      case AcceptOutcome.NotYours(var address) ->
          faults.whole(
              "This invitation is for %s, and you are signed in as %s. It stays open: sign out, sign in as that person, and open the link again"
                  .formatted(address, visit.person().email()));
      case AcceptOutcome.NameRefused(String reason) -> faults.of("name", reason);
      case AcceptOutcome.PasswordRefused(var verdict) ->
          faults.of("password", PasswordWords.of(verdict));
      case AcceptOutcome.Busy _ -> faults.whole(PeopleTexts.BUSY);
    }
  }

  /** To the tenants, for the person who was asked and is signed in; others sign in. */
  private String onwards(UUID account) {
    return visit.session().filter(one -> one.accountId().equals(account)).isPresent()
        ? PortalPage.TENANTS.address() + "?did=joined"
        : "/sign-in?did=joined";
  }

  /** Whether the person has no account yet, and chooses a name and a password. */
  public boolean isPersonNeeded() {
    return personNeeded;
  }

  public String getEmail() {
    return email;
  }
}
