package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PasskeysIT {
  private static final PersonName KEY = new PersonName("blue key");
  private final People people = new People();
  private final Account ada = people.person("ada@example.org");
  private final SoftwareAuthenticator device = new SoftwareAuthenticator();

  PasskeysIT() throws Exception {}

  @Test
  void aPasskeyAloneOpensASessionWithTwoFactors() throws Exception {
    FactorOutcome.Changed changed = registered();
    assertThat(changed.recoveryCodes()).hasSize(10);
    assertThat(people.live(changed.sessionToken()).secondFactor()).isTrue();

    Session session = people.live(People.token(signIn(answer())));
    assertThat(session.accountId()).isEqualTo(ada.id());
    assertThat(session.secondFactor()).isTrue();
    assertThat(people.passkeys.list(ada.id()))
        .singleElement()
        .satisfies(
            passkey -> {
              assertThat(passkey.name()).isEqualTo("blue key");
              assertThat(passkey.lastUsedAt()).contains(people.clock.instant());
            });
  }

  @Test
  void afterAPasskeyThePasswordIsNotEnough() throws Exception {
    FactorOutcome.Changed _ = registered();
    assertThat(people.signIns.withPassword("ada@example.org", People.PASSWORD, People.HERE))
        .isInstanceOfSatisfying(
            SignInOutcome.SecondFactorNeeded.class,
            needed ->
                assertThat(needed.factors())
                    .isEqualTo(Set.of(Factor.PASSKEY, Factor.RECOVERY_CODE)));
  }

  @Test
  void theOptionsAskForADiscoverableCredentialOfAVerifiedPerson() {
    String options = people.passkeys.registrationOptions(people.signedIn(ada)).orElseThrow();
    assertThat(options)
        .contains("\"rp\":{\"id\":\"nettrace.example\"", "\"residentKey\":\"required\"")
        .contains("\"userVerification\":\"required\"", "\"attestation\":\"none\"");
    assertThat(people.passkeys.signInOptions())
        .contains("\"rpId\":\"nettrace.example\"", "\"userVerification\":\"required\"");
  }

  @Test
  void anAnswerGivenToAnotherSiteIsRefused() throws Exception {
    device.origin = "https://nettrace.example.evil.test";
    assertThat(register()).isEqualTo(new FactorOutcome.Refused());
    device.origin = People.ADDRESS.base().toString();
    FactorOutcome.Changed _ = registered();
    device.origin = "https://nettrace.example:8443";
    assertThat(signIn(answer())).isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void anAnswerForAnotherRelyingPartyIsRefused() throws Exception {
    FactorOutcome.Changed _ = registered();
    String options = people.passkeys.signInOptions().replace("nettrace.example", "evil.test");
    assertThat(signIn(device.signIn(options))).isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void anAnswerToNoChallengeOfOursIsRefused() throws Exception {
    FactorOutcome.Changed _ = registered();
    String made = "{\"challenge\":\"%s\",\"rpId\":\"nettrace.example\"}";
    assertThat(signIn(device.signIn(made.formatted(OpaqueToken.random()))))
        .isEqualTo(new SignInOutcome.Refused());
    assertThat(signIn(device.signIn(made.formatted("AAAA"))))
        .isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void aChallengeToRegisterIsNoneToSignInAndIsItsPersonsOwn() throws Exception {
    Session session = people.signedIn(ada);
    Session bobs = people.signedIn(people.person("bob@example.org"));
    String options = people.passkeys.registrationOptions(session).orElseThrow();
    assertThat(people.passkeys.register(bobs, device.register(options), KEY))
        .isEqualTo(new FactorOutcome.Refused());

    FactorOutcome.Changed changed = registered();
    String again =
        people.passkeys.registrationOptions(people.live(changed.sessionToken())).orElseThrow();
    String asSignIn =
        again.replace("{\"challenge\"", "{\"rpId\":\"nettrace.example\",\"challenge\"");
    assertThat(signIn(device.signIn(asSignIn))).isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void anAnswerIsGoodOnceAndForAWhile() throws Exception {
    FactorOutcome.Changed _ = registered();
    String answer = answer();
    assertThat(signIn(answer)).isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(signIn(answer)).isEqualTo(new SignInOutcome.Refused());
    String late = answer();
    people.clock.advance(TokenPurpose.PASSKEY_SIGN_IN.life());
    assertThat(signIn(late)).isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void ofManyWhoReplayAnAnswerAtOnceOneIsIn() throws Exception {
    FactorOutcome.Changed _ = registered();
    String answer = answer();
    Callable<SignInOutcome> use = () -> signIn(answer);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(
              threads.invokeAll(List.of(use, use, use, use)).stream()
                  .map(Future::resultNow)
                  .filter(SignInOutcome.SignedIn.class::isInstance))
          .hasSize(1);
    }
  }

  @Test
  void aCounterThatGoesBackBetraysACopy() throws Exception {
    FactorOutcome.Changed _ = registered();
    device.counter = 41;
    assertThat(signIn(answer())).isInstanceOf(SignInOutcome.SignedIn.class);
    device.counter = 41; // the copy counts on from where it was made
    assertThat(signIn(answer())).isEqualTo(new SignInOutcome.Refused());
    device.counter = 42;
    assertThat(signIn(answer())).isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void aForeignKeyUnderAKnownNameIsRefused() throws Exception {
    FactorOutcome.Changed _ = registered();
    SoftwareAuthenticator thief = new SoftwareAuthenticator();
    thief.pretendToBe(device);
    thief.counter = 100;
    assertThat(signIn(thief.signIn(people.passkeys.signInOptions())))
        .isEqualTo(new SignInOutcome.Refused());
    assertThat(signIn(new SoftwareAuthenticator().signIn(people.passkeys.signInOptions())))
        .as("never registered")
        .isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void aDeviceThatDidNotVerifyThePersonIsRefused() throws Exception {
    device.flags = AuthenticatorData.BIT_UP;
    assertThat(register()).isEqualTo(new FactorOutcome.Refused());
    device.flags = (byte) (AuthenticatorData.BIT_UP | AuthenticatorData.BIT_UV);
    FactorOutcome.Changed _ = registered();
    device.flags = AuthenticatorData.BIT_UP;
    assertThat(signIn(answer())).isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void aCredentialIsRegisteredOnce() throws Exception {
    FactorOutcome.Changed changed = registered();
    Session session = people.live(changed.sessionToken());
    String options = people.passkeys.registrationOptions(session).orElseThrow();
    assertThat(options).contains("excludeCredentials\":[{");
    assertThat(people.passkeys.register(session, device.register(options), KEY))
        .isEqualTo(new FactorOutcome.Refused());
    assertThat(people.passkeys.list(ada.id())).hasSize(1);
  }

  @Test
  void nonsenseIsRefused() {
    for (String json :
        List.of("", "{", "null", "[]", "{}", "{\"response\":{}}", "x".repeat(1_000_000))) {
      assertThat(signIn(json)).as(json).isEqualTo(new SignInOutcome.Refused());
      assertThat(people.passkeys.register(people.signedIn(ada), json, KEY))
          .isEqualTo(new FactorOutcome.Refused());
    }
  }

  @Test
  void aPasskeyStepsUpItsOwnPersonOnly() throws Exception {
    FactorOutcome.Changed changed = registered();
    Session bobs = people.signedIn(people.person("bob@example.org"));
    people.clock.advance(Session.STEP_UP_LIFE);
    Session session = people.live(changed.sessionToken());
    assertThat(people.signIns.stepUpWithPasskey(bobs, answer()))
        .isEqualTo(new StepUpOutcome.Refused());
    assertThat(people.signIns.stepUpWithPasskey(session, answer()))
        .isEqualTo(new StepUpOutcome.SteppedUp());
    assertThat(people.live(changed.sessionToken()).isSteppedUp(people.clock.instant())).isTrue();
  }

  @Test
  void aRemovedPasskeyOpensNothing() throws Exception {
    FactorOutcome.Changed changed = registered();
    Session session = people.live(changed.sessionToken());
    FactorOutcome.Changed removed =
        People.changed(
            people.passkeys.remove(session, people.passkeys.list(ada.id()).getFirst().id()));
    assertThat(signIn(answer())).isEqualTo(new SignInOutcome.Refused());
    assertThat(people.live(removed.sessionToken()).secondFactor()).isFalse();
    assertThat(people.recoveryCodes.left(ada.id())).isZero();
    assertThat(people.mail("ada@example.org")).contains("second factors");
  }

  private FactorOutcome register() throws Exception {
    Session session = people.signedIn(ada);
    String options = people.passkeys.registrationOptions(session).orElseThrow();
    return people.passkeys.register(session, device.register(options), KEY);
  }

  private FactorOutcome.Changed registered() throws Exception {
    return People.changed(register());
  }

  private String answer() throws Exception {
    return device.signIn(people.passkeys.signInOptions());
  }

  private SignInOutcome signIn(String answer) {
    return people.signIns.withPasskey(answer, People.HERE);
  }
}
