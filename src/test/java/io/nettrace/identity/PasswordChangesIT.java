package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PasswordChangesIT {
  private static final String ADA = "ada@example.org";
  private final People people = new People();
  private final Account ada = people.person(ADA);

  @Test
  void whoForgotTheirPasswordSetsANewOneByMail() {
    String session = people.token(ada);
    people.passwordChanges.sendLink(ada.email());
    String token = people.mailedToken(ADA);
    assertThat(people.mail(ADA)).contains("https://nettrace.example/password#", "30 minutes");
    assertThat(people.passwordChanges.reset(token, People.OTHER_PASSWORD))
        .isInstanceOf(PasswordOutcome.Changed.class);
    assertThat(people.sessions.verify(session)).isEqualTo(new SessionVerdict.Unknown());
    assertThat(signIn(People.PASSWORD)).isEqualTo(new SignInOutcome.Refused());
    assertThat(signIn(People.OTHER_PASSWORD)).isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(people.mail(ADA)).contains("was changed").doesNotContain(People.OTHER_PASSWORD);
    assertThat(people.passwordChanges.reset(token, People.PASSWORD))
        .isEqualTo(new PasswordOutcome.TokenRefused(new TokenVerdict.Used()));
  }

  @Test
  void aResetLeavesSecondFactorsInPlace() {
    byte[] _ = people.withApp(ada);
    people.passwordChanges.sendLink(ada.email());
    assertThat(people.passwordChanges.reset(people.mailedToken(ADA), People.OTHER_PASSWORD))
        .isInstanceOf(PasswordOutcome.Changed.class);
    assertThat(signIn(People.OTHER_PASSWORD)).isInstanceOf(SignInOutcome.SecondFactorNeeded.class);
  }

  @Test
  void aNewPasswordMakesOtherLinksAndHalfSignInsWorthless() {
    byte[] secret = people.withApp(ada);
    people.passwordChanges.sendLink(ada.email());
    String first = people.mailedToken(ADA);
    people.passwordChanges.sendLink(ada.email());
    String challenge = ((SignInOutcome.SecondFactorNeeded) signIn(People.PASSWORD)).challenge();
    assertThat(people.passwordChanges.reset(people.mailedToken(ADA), People.OTHER_PASSWORD))
        .isInstanceOf(PasswordOutcome.Changed.class);
    assertThat(people.passwordChanges.reset(first, People.PASSWORD))
        .isInstanceOf(PasswordOutcome.TokenRefused.class);
    assertThat(people.signIns.withCode(challenge, people.code(secret), People.HERE))
        .isEqualTo(new SignInOutcome.ChallengeOver());
  }

  @Test
  void strangersGetNoMailAndNobodyGetsMoreThanThreeLinksAnHour() {
    people.passwordChanges.sendLink(new EmailAddress("nobody@example.org"));
    assertThat(people.mails("nobody@example.org")).isEmpty();
    for (int i = 0; i < 5; i++) {
      people.passwordChanges.sendLink(ada.email());
    }
    assertThat(people.mails(ADA)).hasSize(3);
    people.clock.advance(Duration.ofHours(1));
    people.passwordChanges.sendLink(ada.email());
    assertThat(people.mails(ADA)).hasSize(4);
  }

  @Test
  void aRequestIsServedAfterItWasAnsweredAndNonsenseIsNot() throws Exception {
    for (String email :
        List.of("not an address", "", "x".repeat(5_000_000), "nobody@example.org", ADA)) {
      people.passwordChanges.requestReset(email);
    }
    people.passwordChanges.stop();
    assertThat(people.mails(ADA)).hasSize(1);
    assertThat(people.allMails()).isEqualTo(1);
  }

  @Test
  void ofTwoWhoUseOneLinkAtOnceOneSetsThePassword() throws Exception {
    people.passwordChanges.sendLink(ada.email());
    String token = people.mailedToken(ADA);
    Callable<PasswordOutcome> reset =
        () -> people.passwordChanges.reset(token, People.OTHER_PASSWORD);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(
              threads.invokeAll(List.of(reset, reset, reset, reset)).stream()
                  .map(Future::resultNow)
                  .filter(PasswordOutcome.Changed.class::isInstance))
          .hasSize(1);
    }
  }

  @Test
  void aBadNewPasswordIsRefusedAndTheLinkStaysGood() {
    people.passwordChanges.sendLink(ada.email());
    String token = people.mailedToken(ADA);
    assertThat(people.passwordChanges.reset(token, "password1234567"))
        .isEqualTo(new PasswordOutcome.NewPasswordRefused(new PasswordVerdict.Common()));
    assertThat(people.passwordChanges.reset(token, "x".repeat(3_000_000)))
        .isEqualTo(new PasswordOutcome.NewPasswordRefused(new PasswordVerdict.TooLong(128)));
    people.clock.advance(TokenPurpose.RESET.life().minusSeconds(1));
    assertThat(people.passwordChanges.reset(token, People.OTHER_PASSWORD))
        .isInstanceOf(PasswordOutcome.Changed.class);
    people.passwordChanges.sendLink(ada.email());
    String late = people.mailedToken(ADA);
    people.clock.advance(TokenPurpose.RESET.life());
    assertThat(people.passwordChanges.reset(late, People.PASSWORD))
        .isEqualTo(new PasswordOutcome.TokenRefused(new TokenVerdict.Expired()));
  }

  @Test
  void whoKnowsTheOldPasswordChangesItAndStaysSignedIn() {
    String elsewhere = people.token(ada);
    Session session = people.signedIn(ada);
    assertThat(change(session, "wrong", People.OTHER_PASSWORD))
        .isEqualTo(new PasswordOutcome.WrongPassword());
    assertThat(change(session, People.PASSWORD, "short"))
        .isEqualTo(new PasswordOutcome.NewPasswordRefused(new PasswordVerdict.TooShort(15)));
    assertThat(change(session, People.PASSWORD, People.OTHER_PASSWORD))
        .isInstanceOfSatisfying(
            PasswordOutcome.Changed.class,
            changed ->
                assertThat(people.live(changed.sessionToken().orElseThrow()).accountId())
                    .isEqualTo(ada.id()));
    assertThat(people.sessions.verify(elsewhere)).isEqualTo(new SessionVerdict.Unknown());
    assertThat(people.sessions.list(ada.id())).hasSize(1);
  }

  @Test
  void aShortPasswordNeedsASecondFactorAndKeepsIt() {
    Session session = people.live(people.enrol(people.signedIn(ada)).changed().sessionToken());
    PasswordOutcome outcome = change(session, People.PASSWORD, "wet slat");
    assertThat(outcome).isInstanceOf(PasswordOutcome.Changed.class);
    Session next = people.live(((PasswordOutcome.Changed) outcome).sessionToken().orElseThrow());
    assertThat(people.apps.remove(next)).isEqualTo(new FactorOutcome.PasswordTooShort(15));
    assertThat(signIn("wet slat")).isInstanceOf(SignInOutcome.SecondFactorNeeded.class);
    assertThat(change(next, "wet slat", People.PASSWORD))
        .isInstanceOfSatisfying(
            PasswordOutcome.Changed.class,
            changed ->
                assertThat(people.apps.remove(people.live(changed.sessionToken().orElseThrow())))
                    .isInstanceOf(FactorOutcome.Changed.class));
  }

  private PasswordOutcome change(Session session, String old, String fresh) {
    return people.passwordChanges.change(session, old, fresh);
  }

  private SignInOutcome signIn(String password) {
    return people.signIns.withPassword(ADA, password, People.HERE);
  }
}
