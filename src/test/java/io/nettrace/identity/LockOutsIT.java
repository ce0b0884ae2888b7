package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who guesses locks out strangers, and never the person at their own browser. */
class LockOutsIT {
  private static final String ADA = "ada@example.org";

  private final People people = new People();
  private final Account ada = people.person(ADA);

  @Test
  void aHundredGuessesFromEverywhereDoNotLockOutAKnownDevice() {
    Visitor home = device(in(People.HERE));
    lockOutAccount();
    assertThat(people.signIns.withPassword(ADA, People.PASSWORD, People.THERE))
        .isInstanceOf(SignInOutcome.LockedOut.class);
    assertThat(people.signIns.withPassword(ADA, People.PASSWORD, home))
        .isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(people.signIns.withPassword(ADA, People.PASSWORD, People.THERE))
        .as("and its sign-in opens the account to no stranger")
        .isInstanceOf(SignInOutcome.LockedOut.class);
  }

  @Test
  void aKnownDeviceHasItsOwnBoundAndIsKnownForItsOwnPersonOnly() {
    Visitor home = device(in(People.HERE));
    for (int i = 0; i < LockOutRules.MOST_OF_PAIR; i++) {
      assertThat(people.signIns.withPassword(ADA, "wrong", home))
          .isEqualTo(new SignInOutcome.Refused());
    }
    assertThat(people.signIns.withPassword(ADA, People.PASSWORD, home))
        .isInstanceOf(SignInOutcome.LockedOut.class);
    assertThat(people.signIns.withPassword(ADA, People.PASSWORD, People.HERE))
        .as("another browser at the same address is not concerned")
        .isInstanceOf(SignInOutcome.SignedIn.class);

    Account _ = people.person("eve@example.org");
    Visitor eves =
        device(
            (SignInOutcome.SignedIn)
                people.signIns.withPassword("eve@example.org", People.PASSWORD, People.THERE));
    lockOutAccount();
    assertThat(people.signIns.withPassword(ADA, People.PASSWORD, eves))
        .isInstanceOf(SignInOutcome.LockedOut.class);
  }

  @Test
  void aBrowserKeepsItsDeviceTokenForAllOfItsPeople() {
    Account _ = people.person("bob@example.org");
    Visitor home = device(in(People.HERE));
    assertThat(in(home).deviceToken()).isEmpty();
    SignInOutcome.SignedIn bob =
        (SignInOutcome.SignedIn)
            people.signIns.withPassword("bob@example.org", People.PASSWORD, home);
    assertThat(bob.deviceToken()).isEmpty();
    Visitor madeUp = with(OpaqueToken.random(), Optional.empty());
    assertThat(in(madeUp).deviceToken()).isPresent().isNotEqualTo(madeUp.device());
  }

  @Test
  void aLiveSessionCountsApart() {
    Session session = people.signedIn(ada);
    lockOutAccount();
    for (int i = 0; i < 20; i++) {
      SignInOutcome _ = people.signIns.withPassword(ADA, "wrong", People.HERE);
    }
    assertThat(people.signIns.stepUpWithPassword(session, People.PASSWORD))
        .isEqualTo(new StepUpOutcome.SteppedUp());
    assertThat(people.passwordChanges.change(session, "wrong", People.OTHER_PASSWORD))
        .isEqualTo(new PasswordOutcome.WrongPassword());
    for (int i = 1; i < LockOutRules.MOST_OF_PAIR; i++) {
      assertThat(people.signIns.stepUpWithPassword(session, "wrong"))
          .isEqualTo(new StepUpOutcome.Refused());
    }
    assertThat(people.signIns.stepUpWithPassword(session, People.PASSWORD))
        .as("a stolen session is no place to guess")
        .isInstanceOf(StepUpOutcome.LockedOut.class);
  }

  @Test
  void aPasswordResetEndsLockOuts() {
    byte[] secret = people.withApp(ada);
    closeApp();
    lockOutAccount();
    people.passwordChanges.sendLink(new EmailAddress(ADA));
    assertThat(people.passwordChanges.reset(people.mailedToken(ADA), People.OTHER_PASSWORD))
        .isInstanceOf(PasswordOutcome.Changed.class);
    String challenge = challenge(People.OTHER_PASSWORD, People.HERE);
    assertThat(people.signIns.withCode(challenge, people.code(secret), People.HERE))
        .isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void afterTenWrongCodesTheAppIsClosedAndARecoveryCodeOpensIt() {
    People.Enrolled enrolled = people.enrol(people.signedIn(ada));
    String paper = enrolled.changed().recoveryCodes().getFirst();
    closeApp();
    assertThat(people.mails(ADA)).filteredOn(text -> text.contains("5 times")).hasSize(1);
    for (int i = 0; i < 3; i++) {
      assertThat(code(people.code(enrolled.secret()), People.THERE))
          .as("not even the right one, and from nowhere unknown")
          .isEqualTo(new SignInOutcome.AppClosed());
    }
    people.nextStep();
    assertThat(code(paper, People.HERE)).isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(code(people.code(enrolled.secret()), People.HERE))
        .isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void wrongCodesOfStrangersDoNotCloseTheAppForAKnownDevice() {
    Visitor home = device(in(People.HERE));
    byte[] secret = people.withApp(ada);
    closeApp();
    assertThat(code(people.code(secret), home)).isInstanceOf(SignInOutcome.SignedIn.class);
    people.nextStep();
    assertThat(code(people.code(secret), People.THERE)).isEqualTo(new SignInOutcome.AppClosed());
  }

  @Test
  void aSignInEndsTheOlderSessionOfThatBrowserAndNoOther() {
    String elsewhere = people.token(ada);
    SignInOutcome.SignedIn first = in(People.HERE);
    SignInOutcome.SignedIn second =
        in(with(first.deviceToken().orElseThrow(), Optional.of(first.sessionToken())));
    assertThat(people.sessions.verify(first.sessionToken()))
        .isEqualTo(new SessionVerdict.Unknown());
    assertThat(people.live(second.sessionToken()).accountId()).isEqualTo(ada.id());
    assertThat(people.live(elsewhere).accountId()).isEqualTo(ada.id());
  }

  private void lockOutAccount() {
    for (int i = 0; i < LockOutRules.MOST_OF_ACCOUNT; i++) {
      SignInOutcome _ =
          people.signIns.withPassword(ADA, "wrong", new Visitor("198.51.100." + i, ""));
    }
  }

  /** Ten wrong codes after the right password, from many places. */
  private void closeApp() {
    for (int i = 0; i < CodeFailures.MOST; i++) {
      Visitor there = new Visitor("203.0.113." + i, "");
      assertThat(code("00000" + i, there))
          .isEqualTo(
              i < CodeFailures.MOST - 1
                  ? new SignInOutcome.Refused()
                  : new SignInOutcome.AppClosed());
    }
  }

  private SignInOutcome code(String code, Visitor visitor) {
    return people.signIns.withCode(challenge(People.PASSWORD, visitor), code, visitor);
  }

  private String challenge(String password, Visitor visitor) {
    return ((SignInOutcome.SecondFactorNeeded) people.signIns.withPassword(ADA, password, visitor))
        .challenge();
  }

  private SignInOutcome.SignedIn in(Visitor visitor) {
    return (SignInOutcome.SignedIn) people.signIns.withPassword(ADA, People.PASSWORD, visitor);
  }

  private static Visitor device(SignInOutcome.SignedIn in) {
    return with(in.deviceToken().orElseThrow(), Optional.empty());
  }

  private static Visitor with(String device, Optional<String> session) {
    return new Visitor("192.0.2.1", "a test", Optional.of(device), session);
  }
}
