package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Sql;
import io.nettrace.platform.crypto.Derivation;
import io.nettrace.platform.crypto.SealKey;
import io.nettrace.platform.crypto.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignInsIT {
  private static final UUID TENANT = UUID.fromString("0192f000-0000-7000-8000-00000000000a");
  private final People people = new People();

  @Test
  void thePasswordOpensASessionForTheFirstTenant() {
    Account ada = people.member("ada@example.org", TENANT, Role.ANALYST);
    Session session =
        people.live(
            People.token(
                people.signIns.withPassword("ADA@Example.org ", People.PASSWORD, People.HERE)));
    assertThat(session.accountId()).isEqualTo(ada.id());
    assertThat(session.tenantId()).contains(TENANT);
    assertThat(session.role()).contains(Role.ANALYST);
    assertThat(session.secondFactor()).isFalse();
    assertThat(session.may(Permission.MANAGE_TARGETS)).isTrue();
    assertThat(session.may(Permission.MANAGE_KEYS)).isFalse();
    assertThat(session.isSteppedUp(people.clock.instant())).isTrue();
  }

  @Test
  void whateverIsWrongTheAnswerIsTheSame() {
    people.person("ada@example.org");
    people.person("new@example.org", false);
    SignInOutcome refused = new SignInOutcome.Refused();
    assertThat(attempt("ada@example.org", "wrong")).isEqualTo(refused);
    assertThat(attempt("ada@example.org", "")).isEqualTo(refused);
    assertThat(attempt("ada@example.org", "x".repeat(5_000_000))).isEqualTo(refused);
    assertThat(attempt("nobody@example.org", People.PASSWORD)).isEqualTo(refused);
    assertThat(attempt("new@example.org", People.PASSWORD)).isEqualTo(refused);
    assertThat(attempt("not an address", People.PASSWORD)).isEqualTo(refused);
    assertThat(attempt("x".repeat(5_000_000), People.PASSWORD)).isEqualTo(refused);
  }

  @Test
  void tenFailuresFromOneAddressLockOutForAMinuteThenForLonger() {
    Account ada = people.person("ada@example.org");
    fail("ada@example.org", People.HERE, 10);
    assertThat(attempt("ada@example.org", People.PASSWORD))
        .isEqualTo(new SignInOutcome.LockedOut(Duration.ofMinutes(1)));
    assertThat(people.signIns.withPassword("ada@example.org", People.PASSWORD, People.THERE))
        .isInstanceOf(SignInOutcome.SignedIn.class);

    people.clock.advance(Duration.ofMinutes(1));
    fail("ada@example.org", People.HERE, 1);
    assertThat(attempt("ada@example.org", People.PASSWORD))
        .isEqualTo(new SignInOutcome.LockedOut(Duration.ofMinutes(2)));

    people.clock.advance(Duration.ofMinutes(2));
    assertThat(people.live(people.token(ada)).accountId()).isEqualTo(ada.id());
    fail("ada@example.org", People.HERE, 9); // begins anew
    assertThat(attempt("ada@example.org", People.PASSWORD))
        .isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void whoHasNoAccountIsLockedOutInTheSameWay() {
    fail("nobody@example.org", People.HERE, 10);
    assertThat(attempt("nobody@example.org", "x"))
        .isEqualTo(new SignInOutcome.LockedOut(Duration.ofMinutes(1)));
  }

  @Test
  void aLockOutHoldsOnEveryNode() {
    people.person("ada@example.org");
    fail("ada@example.org", People.HERE, 10);
    People other = new People(people.database);
    assertThat(other.signIns.withPassword("ada@example.org", People.PASSWORD, People.HERE))
        .isInstanceOf(SignInOutcome.LockedOut.class);
  }

  @Test
  void anAddressThatTriesManyAccountsAndAnAccountTriedFromManyAddressesAreLockedOut() {
    people.person("ada@example.org");
    for (int i = 0; i < 50; i++) {
      assertThat(attempt("a" + i + "@example.org", "x")).isEqualTo(new SignInOutcome.Refused());
    }
    assertThat(attempt("ada@example.org", People.PASSWORD))
        .isInstanceOf(SignInOutcome.LockedOut.class);

    for (int i = 0; i < 100; i++) {
      fail("ada@example.org", new Visitor("198.51.100." + i, ""), 1);
    }
    assertThat(people.signIns.withPassword("ada@example.org", People.PASSWORD, People.THERE))
        .isInstanceOf(SignInOutcome.LockedOut.class);
  }

  @Test
  void manyAttemptsAtOnceAreNoWayAroundTheLimit() throws Exception {
    people.person("ada@example.org");
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Callable<SignInOutcome>> attempts =
          IntStream.range(0, 40)
              .<Callable<SignInOutcome>>mapToObj(
                  i -> () -> attempt("ada@example.org", "wrong " + i))
              .toList();
      List<SignInOutcome> outcomes =
          threads.invokeAll(attempts).stream().map(Future::resultNow).toList();
      assertThat(outcomes).filteredOn(SignInOutcome.Refused.class::isInstance).hasSize(10);
    }
  }

  @Test
  void aPasswordHashedInAnOldWayIsHashedAnewAtSignIn() {
    Account ada = people.person("ada@example.org");
    String before = hash(ada);
    People stronger = new People(people.database, new PasswordHashes(128, new Semaphore(8)));
    assertThat(stronger.signIns.withPassword("ada@example.org", "wrong", People.HERE))
        .isInstanceOf(SignInOutcome.Refused.class);
    assertThat(hash(ada)).isEqualTo(before);
    assertThat(stronger.signIns.withPassword("ada@example.org", People.PASSWORD, People.HERE))
        .isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(hash(ada)).contains("m=128,");
    assertThat(people.signIns.withPassword("ada@example.org", People.PASSWORD, People.HERE))
        .isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void whoFindsNoPlaceToHashIsNotHeldToHaveFailed() {
    people.person("ada@example.org");
    Semaphore places = new Semaphore(1);
    People full = new People(people.database, new PasswordHashes(64, places));
    places.acquireUninterruptibly();
    assertThat(full.signIns.withPassword("ada@example.org", People.PASSWORD, People.HERE))
        .isEqualTo(new SignInOutcome.Busy());
    assertThat(failures()).isZero();
    assertThat(attempt("ada@example.org", People.PASSWORD))
        .isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void withAnAppThePasswordIsNotEnough() {
    Account ada = people.person("ada@example.org");
    byte[] secret = people.withApp(ada);
    SignInOutcome.SecondFactorNeeded needed = needed();
    assertThat(needed.factors()).isEqualTo(Set.of(Factor.AUTHENTICATOR_APP, Factor.RECOVERY_CODE));
    assertThat(people.sessions.verify(needed.challenge())).isEqualTo(new SessionVerdict.Unknown());

    assertThat(withCode(needed.challenge(), "000000")).isEqualTo(new SignInOutcome.Refused());
    Session session = people.live(People.token(withCode(needed.challenge(), people.code(secret))));
    assertThat(session.secondFactor()).isTrue();
    people.nextStep();
    assertThat(withCode(needed.challenge(), people.code(secret)))
        .as("a challenge is used once")
        .isEqualTo(new SignInOutcome.ChallengeOver());
  }

  @Test
  void aCodeIsUsedOnceAndNoneBeforeIt() {
    Account ada = people.person("ada@example.org");
    byte[] secret = people.withApp(ada);
    String earlier = people.code(secret);
    people.nextStep();
    String code = people.code(secret);
    assertThat(withCode(needed().challenge(), code)).isInstanceOf(SignInOutcome.SignedIn.class);
    for (int i = 0; i < 2 * CodeFailures.MOST; i++) {
      assertThat(withCode(needed().challenge(), code))
          .as("no guess, and not counted")
          .isEqualTo(new SignInOutcome.CodeUsed());
      assertThat(withCode(needed().challenge(), earlier)).isEqualTo(new SignInOutcome.CodeUsed());
    }
    people.nextStep();
    assertThat(withCode(needed().challenge(), people.code(secret)))
        .isInstanceOf(SignInOutcome.SignedIn.class);
  }

  @Test
  void aChallengeRunsOutAndTwoAtOnceGiveOneSession() throws Exception {
    Account ada = people.person("ada@example.org");
    byte[] secret = people.withApp(ada);
    String challenge = needed().challenge();
    people.clock.advance(TokenPurpose.CHALLENGE.life());
    assertThat(withCode(challenge, people.code(secret)))
        .isEqualTo(new SignInOutcome.ChallengeOver());

    String fresh = needed().challenge();
    String code = people.code(secret);
    Callable<SignInOutcome> step = () -> withCode(fresh, code);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(
              threads.invokeAll(List.of(step, step, step, step)).stream()
                  .map(Future::resultNow)
                  .filter(SignInOutcome.SignedIn.class::isInstance))
          .hasSize(1);
    }
  }

  @Test
  void aSecretThatAnEarlierReleaseSealedOpensAndIsSealedAgain() {
    Account ada = people.person("ada@example.org");
    byte[] secret = people.withApp(ada);
    byte[] earlier =
        SealKey.of(Derivation.of("a key of tests, and of tests only", "nettrace identity 1", 32))
            .seal(UserHandle.of(ada.id()), secret);
    people.database.run(
        connection ->
            Sql.of("update platform.authenticator_apps set secret = :secret")
                .bind("secret", earlier)
                .update(connection));
    for (int use = 0; use < 2; use++) {
      assertThat(withCode(needed().challenge(), people.code(secret)))
          .isInstanceOf(SignInOutcome.SignedIn.class);
      people.nextStep();
      byte[] stored =
          people.database.run(
              connection ->
                  Sql.of("select secret from platform.authenticator_apps")
                      .first(connection, row -> row.getBytes("secret"))
                      .orElseThrow());
      assertThat(Vault.isCurrent(stored)).isTrue();
    }
  }

  @Test
  void anAppIsAskedForOnceItShowedACode() {
    Account ada = people.person("ada@example.org");
    Session session = people.signedIn(ada);
    AuthenticatorApps.Offer offer = people.apps.offer(session).orElseThrow();
    assertThat(offer.uri())
        .isEqualTo(
            "otpauth://totp/NetTrace:ada%40example.org?secret="
                + offer.secret()
                + "&issuer=NetTrace&algorithm=SHA1&digits=6&period=30");
    assertThat(people.apps.confirm(session, "000000")).isEqualTo(new FactorOutcome.Refused());
    assertThat(attempt("ada@example.org", People.PASSWORD))
        .as("an app that was not confirmed is not asked for")
        .isInstanceOf(SignInOutcome.SignedIn.class);

    people.withApp(ada);
    assertThat(people.recoveryCodes.left(ada.id())).isEqualTo(10);
  }

  @Test
  void recoveryCodesAreReadAsPeopleTypeThemAndReplacedAsAWhole() {
    Account ada = people.person("ada@example.org");
    byte[] secret = people.withApp(ada);
    Session session =
        people.live(People.token(withCode(needed().challenge(), people.code(secret))));
    FactorOutcome.Changed first = People.changed(people.recoveryCodes.regenerate(session));
    String code = first.recoveryCodes().getFirst();
    assertThat(first.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();
    assertThat(withCode(needed().challenge(), " " + code.toUpperCase(java.util.Locale.ROOT) + " "))
        .isInstanceOf(SignInOutcome.SignedIn.class);
    assertThat(withCode(needed().challenge(), code)).isEqualTo(new SignInOutcome.Refused());
    assertThat(people.recoveryCodes.left(ada.id())).isEqualTo(9);

    String second = first.recoveryCodes().getLast();
    FactorOutcome.Changed _ =
        People.changed(people.recoveryCodes.regenerate(people.live(first.sessionToken())));
    assertThat(withCode(needed().challenge(), second)).isEqualTo(new SignInOutcome.Refused());
  }

  @Test
  void stepUpIsByPasswordOrCodeAndHoldsTenMinutes() {
    Account ada = people.person("ada@example.org");
    byte[] secret = people.withApp(ada);
    String token = People.token(withCode(needed().challenge(), people.code(secret)));
    people.clock.advance(Session.STEP_UP_LIFE);
    assertThat(people.live(token).isSteppedUp(people.clock.instant())).isFalse();
    assertThat(people.apps.remove(people.live(token))).isEqualTo(new FactorOutcome.StepUpNeeded());
    assertThat(people.apps.offer(people.live(token))).isEmpty();
    assertThat(people.passkeys.registrationOptions(people.live(token))).isEmpty();

    assertThat(people.signIns.stepUpWithPassword(people.live(token), "wrong"))
        .isEqualTo(new StepUpOutcome.Refused());
    assertThat(people.signIns.stepUpWithPassword(people.live(token), People.PASSWORD))
        .isEqualTo(new StepUpOutcome.SteppedUp());
    assertThat(people.live(token).isSteppedUp(people.clock.instant())).isTrue();

    people.clock.advance(Session.STEP_UP_LIFE);
    assertThat(people.signIns.stepUpWithCode(people.live(token), "123456"))
        .isEqualTo(new StepUpOutcome.Refused());
    assertThat(people.signIns.stepUpWithCode(people.live(token), people.code(secret)))
        .isEqualTo(new StepUpOutcome.SteppedUp());
  }

  private SignInOutcome attempt(String email, String password) {
    return people.signIns.withPassword(email, password, People.HERE);
  }

  private SignInOutcome withCode(String challenge, String code) {
    return people.signIns.withCode(challenge, code, People.HERE);
  }

  private SignInOutcome.SecondFactorNeeded needed() {
    return (SignInOutcome.SecondFactorNeeded) attempt("ada@example.org", People.PASSWORD);
  }

  private void fail(String email, Visitor visitor, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(people.signIns.withPassword(email, "wrong", visitor))
          .isEqualTo(new SignInOutcome.Refused());
    }
  }

  private long failures() {
    return people.database.run(
        connection ->
            Sql.of("select count(*) from platform.sign_in_failures")
                .first(connection, row -> row.getLong(1))
                .orElseThrow());
  }

  private String hash(Account account) {
    return people.database.run(
        connection ->
            Sql.of("select password_hash from platform.accounts where id = :id")
                .bind("id", account.id())
                .first(connection, row -> row.getString(1))
                .orElseThrow());
  }
}
