package io.nettrace.edge.portal.people;

import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.Visit;
import io.nettrace.onboarding.ConfirmOutcome;
import io.nettrace.onboarding.SignUp;
import io.nettrace.onboarding.SignUpOutcome;
import io.nettrace.onboarding.SignUps;
import io.nettrace.platform.PublicAddress;
import jakarta.inject.Inject;
import java.util.Optional;

/** Signing up: a letter first, then the tenant with its first key. */
@Page
public class SignUpPage {
  @Inject SignUps signUps;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject PublicAddress root;

  private boolean letterSent;
  private Optional<ConfirmOutcome.Confirmed> confirmed = Optional.empty();

  public void act() {
    switch (input.wish()) {
      case "sign-up" -> begin();
      case "confirm" -> confirm();
      default -> {}
    }
  }

  private void begin() {
    SignUp wish =
        new SignUp(
            input.get("email"),
            input.secret("password"),
            input.get("name"),
            input.get("organisation"),
            input.get("slug"));
    switch (signUps.begin(wish, visit.from())) {
      case SignUpOutcome.LetterSent _ -> letterSent = true;
      case SignUpOutcome.Refused(var mistakes) ->
          mistakes.forEach(mistake -> faults.of(mistake.field(), mistake.reason()));
      case SignUpOutcome.Busy _ -> faults.whole(PeopleTexts.BUSY);
    }
  }

  private void confirm() {
    switch (signUps.confirm(input.get("token"), input.secret("password"), visit.from())) {
      case ConfirmOutcome.Confirmed done -> {
        done.sessionToken().ifPresent(one -> SessionEntry.keep(visit, one));
        confirmed = Optional.of(done);
      }
      case ConfirmOutcome.Unknown _ ->
          faults.whole("This link was never good, or is long forgotten; sign up again");
      case ConfirmOutcome.Expired _ -> faults.whole("The link's time is over; sign up again");
      case ConfirmOutcome.Used _ -> faults.whole("It was confirmed before; sign in");
      case ConfirmOutcome.WrongPassword _ ->
          faults.of("password", "it is not the password that was chosen");
      case ConfirmOutcome.Busy _ -> faults.whole(PeopleTexts.BUSY);
    }
  }

  public boolean isLetterSent() {
    return letterSent;
  }

  public boolean isConfirmed() {
    return confirmed.isPresent();
  }

  /** Whether the first person is signed in; one who had an account before signs in as ever. */
  public boolean isSignedIn() {
    return confirmed.flatMap(ConfirmOutcome.Confirmed::sessionToken).isPresent();
  }

  /** The first key, shown now and never again. */
  public String key() {
    return confirmed.map(ConfirmOutcome.Confirmed::keyText).orElse("");
  }

  public String tenantName() {
    return confirmed.map(done -> done.tenant().name()).orElse("");
  }

  /** What follows a slug in a tenant's own address. */
  public String suffix() {
    return "." + root.host();
  }

  /** Whether the link from the letter is being used, or was refused. */
  public boolean isConfirming() {
    return input.wish().equals("confirm");
  }
}
