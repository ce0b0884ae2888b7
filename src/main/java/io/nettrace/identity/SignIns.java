package io.nettrace.identity;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * From a password or passkey to a session.
 *
 * <pre>
 *  password ─► no second factor ─────────────────────────► session
 *          └─► challenge ─► code of app or paper ────────► session
 *  passkey (has verified the person: two factors in one) ─► session
 * </pre>
 */
@Service
public class SignIns {
  private final Database database;
  private final PasswordChecks checks;
  private final OneTimeTokens tokens;
  private final AuthenticatorApps apps;
  private final RecoveryCodes recoveryCodes;
  private final Passkeys passkeys;
  private final LockOuts lockOuts;
  private final Sessions sessions;

  @Inject
  SignIns(
      Database database,
      PasswordChecks checks,
      OneTimeTokens tokens,
      AuthenticatorApps apps,
      RecoveryCodes recoveryCodes,
      Passkeys passkeys,
      LockOuts lockOuts,
      Sessions sessions) {
    this.database = database;
    this.checks = checks;
    this.tokens = tokens;
    this.apps = apps;
    this.recoveryCodes = recoveryCodes;
    this.passkeys = passkeys;
    this.lockOuts = lockOuts;
    this.sessions = sessions;
  }

  public SignInOutcome withPassword(String email, String password, Visitor visitor) {
    return switch (checks.check(email, password, visitor)) {
      case PasswordChecks.Result.Wrong() -> new SignInOutcome.Refused();
      case PasswordChecks.Result.LockedOut(var left) -> new SignInOutcome.LockedOut(left);
      case PasswordChecks.Result.Busy() -> new SignInOutcome.Busy();
      case PasswordChecks.Result.Right(StoredAccount person) ->
          database.transaction(tx -> afterPassword(tx, person.account(), visitor));
    };
  }

  /**
   * The second step: a code of the person's app, or one from paper. A wrong one may be corrected;
   * it counts towards locking out.
   */
  public SignInOutcome withCode(String challenge, String code, Visitor visitor) {
    Optional<Account> person = database.run(connection -> challenged(connection, challenge));
    if (person.isEmpty()) {
      return new SignInOutcome.ChallengeOver();
    }
    return switch (lockOuts.begin(person.get().email().key(), visitor.address())) {
      case LockOuts.Attempt.LockedOut(var left) -> new SignInOutcome.LockedOut(left);
      case LockOuts.Attempt.Begun _ ->
          database.transaction(tx -> afterCode(tx, person.get(), challenge, code, visitor));
    };
  }

  /**
   * A passkey alone.
   *
   * @param answer {@code AuthenticationResponseJSON} of the browser to {@link
   *     Passkeys#signInOptions}
   */
  public SignInOutcome withPasskey(String answer, Visitor visitor) {
    return database.transaction(
        tx -> {
          Optional<Account> person = person(tx, passkeys.accountOf(tx, answer));
          return person.isPresent()
              ? start(tx, person.get(), true, visitor)
              : new SignInOutcome.Refused();
        });
  }

  /** Shows again who one is, by password. */
  public StepUpOutcome stepUpWithPassword(Session session, String password, Visitor visitor) {
    return switch (checks.check(session.email().text(), password, visitor)) {
      case PasswordChecks.Result.Wrong() -> new StepUpOutcome.Refused();
      case PasswordChecks.Result.LockedOut(var left) -> new StepUpOutcome.LockedOut(left);
      case PasswordChecks.Result.Busy() -> new StepUpOutcome.Busy();
      case PasswordChecks.Result.Right(StoredAccount person) ->
          database.transaction(
              tx -> steppedUp(tx, session, Optional.of(person.account().id()), visitor));
    };
  }

  /** Shows again who one is, by a code of the app or from paper. */
  public StepUpOutcome stepUpWithCode(Session session, String code, Visitor visitor) {
    return switch (lockOuts.begin(session.email().key(), visitor.address())) {
      case LockOuts.Attempt.LockedOut(var left) -> new StepUpOutcome.LockedOut(left);
      case LockOuts.Attempt.Begun _ ->
          database.transaction(
              tx ->
                  isRight(tx, session.accountId(), code)
                      ? steppedUp(tx, session, Optional.of(session.accountId()), visitor)
                      : new StepUpOutcome.Refused());
    };
  }

  /** Shows again who one is, by passkey. */
  public StepUpOutcome stepUpWithPasskey(Session session, String answer, Visitor visitor) {
    return database.transaction(
        tx -> steppedUp(tx, session, passkeys.accountOf(tx, answer), visitor));
  }

  private SignInOutcome afterPassword(Connection tx, Account person, Visitor visitor)
      throws SQLException {
    Set<Factor> factors = Factors.of(tx, person.id());
    if (factors.isEmpty()) {
      return start(tx, person, false, visitor);
    }
    String challenge =
        tokens.issue(
            tx, TokenPurpose.CHALLENGE, Optional.of(person.id()), Optional.empty(), Map.of());
    return new SignInOutcome.SecondFactorNeeded(challenge, factors);
  }

  private SignInOutcome afterCode(
      Connection tx, Account person, String challenge, String code, Visitor visitor)
      throws SQLException {
    if (!isRight(tx, person.id(), code)) {
      return new SignInOutcome.Refused();
    }
    return tokens.consume(tx, TokenPurpose.CHALLENGE, challenge) instanceof TokenVerdict.Valid
        ? start(tx, person, true, visitor)
        : new SignInOutcome.ChallengeOver();
  }

  private Optional<Account> challenged(Connection connection, String challenge)
      throws SQLException {
    return tokens.peek(connection, TokenPurpose.CHALLENGE, challenge)
            instanceof TokenVerdict.Valid valid
        ? person(connection, valid.accountId())
        : Optional.empty();
  }

  private static Optional<Account> person(Connection connection, Optional<UUID> id)
      throws SQLException {
    return id.isEmpty()
        ? Optional.empty()
        : AccountStore.find(connection, id.get())
            .map(StoredAccount::account)
            .filter(Account::verified);
  }

  private boolean isRight(Connection tx, UUID accountId, String code) throws SQLException {
    return apps.use(tx, accountId, code) || recoveryCodes.use(tx, accountId, code);
  }

  private SignInOutcome start(Connection tx, Account person, boolean secondFactor, Visitor visitor)
      throws SQLException {
    lockOuts.clear(tx, person.email(), visitor.address());
    Sessions.Started session =
        sessions.start(
            tx, person.id(), SessionStore.firstTenant(tx, person.id()), secondFactor, visitor);
    return new SignInOutcome.SignedIn(session.token(), session.id(), person.id());
  }

  /** Only by the person whose session it is. */
  private StepUpOutcome steppedUp(
      Connection tx, Session session, Optional<UUID> shown, Visitor visitor) throws SQLException {
    if (!shown.equals(Optional.of(session.accountId()))) {
      return new StepUpOutcome.Refused();
    }
    lockOuts.clear(tx, session.email(), visitor.address());
    return sessions.steppedUp(tx, session)
        ? new StepUpOutcome.SteppedUp()
        : new StepUpOutcome.Refused();
  }
}
