package io.nettrace.identity;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
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
  private final CodeFailures codeFailures;
  private final Devices devices;
  private final Notices notices;
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
      CodeFailures codeFailures,
      Devices devices,
      Notices notices,
      Sessions sessions) {
    this.database = database;
    this.checks = checks;
    this.tokens = tokens;
    this.apps = apps;
    this.recoveryCodes = recoveryCodes;
    this.passkeys = passkeys;
    this.lockOuts = lockOuts;
    this.codeFailures = codeFailures;
    this.devices = devices;
    this.notices = notices;
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
   * {@link CodeFailures} bounds how often.
   */
  public SignInOutcome withCode(String challenge, String code, Visitor visitor) {
    Optional<Account> person = database.transaction(tx -> challenged(tx, challenge));
    if (person.isEmpty()) {
      return new SignInOutcome.ChallengeOver();
    }
    return database.transaction(tx -> afterCode(tx, person.get(), challenge, code, visitor));
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
          if (person.isEmpty()) {
            return new SignInOutcome.Refused();
          }
          codeFailures.clear(tx.connection(), person.get().id());
          return start(tx, person.get(), true, visitor);
        });
  }

  /** Shows again who one is, by password. */
  public StepUpOutcome stepUpWithPassword(Session session, String password) {
    return switch (checks.check(session, password)) {
      case PasswordChecks.Result.Wrong() -> new StepUpOutcome.Refused();
      case PasswordChecks.Result.LockedOut(var left) -> new StepUpOutcome.LockedOut(left);
      case PasswordChecks.Result.Busy() -> new StepUpOutcome.Busy();
      case PasswordChecks.Result.Right(StoredAccount person) ->
          database.transaction(
              tx -> steppedUp(tx.connection(), session, Optional.of(person.account().id())));
    };
  }

  /** Shows again who one is, by a code of the app or from paper. */
  public StepUpOutcome stepUpWithCode(Session session, String code) {
    return switch (lockOuts.begin(session)) {
      case LockOuts.Attempt.LockedOut(var left) -> new StepUpOutcome.LockedOut(left);
      case LockOuts.Attempt.Begun begun ->
          database.transaction(tx -> stepUpWithCode(tx, session, code, begun));
    };
  }

  private StepUpOutcome stepUpWithCode(
      Tx tx, Session session, String code, LockOuts.Attempt.Begun attempt) throws SQLException {
    Connection connection = tx.connection();
    UUID account = session.accountId();
    if (recoveryCodes.use(connection, account, code)) {
      return steppedUp(connection, session, Optional.of(account));
    }
    return switch (apps.use(tx, account, code)) {
      case RIGHT -> steppedUp(connection, session, Optional.of(account));
      case WRONG -> new StepUpOutcome.Refused();
      case USED -> {
        lockOuts.forgive(connection, attempt);
        yield new StepUpOutcome.CodeUsed();
      }
    };
  }

  /** Shows again who one is, by passkey. */
  public StepUpOutcome stepUpWithPasskey(Session session, String answer) {
    return database.transaction(
        tx -> steppedUp(tx.connection(), session, passkeys.accountOf(tx, answer)));
  }

  private SignInOutcome afterPassword(Tx tx, Account person, Visitor visitor) throws SQLException {
    Set<Factor> factors = Factors.of(tx.connection(), person.id());
    if (factors.isEmpty()) {
      return start(tx, person, false, visitor);
    }
    String challenge =
        tokens.issue(
            tx, TokenPurpose.CHALLENGE, Optional.of(person.id()), Optional.empty(), Map.of());
    return new SignInOutcome.SecondFactorNeeded(challenge, factors);
  }

  private SignInOutcome afterCode(
      Tx tx, Account person, String challenge, String code, Visitor visitor) throws SQLException {
    if (recoveryCodes.use(tx.connection(), person.id(), code)) {
      codeFailures.clear(tx.connection(), person.id());
      return finish(tx, person, challenge, visitor);
    }
    if (!AuthenticatorApps.isCode(code)) {
      return new SignInOutcome.Refused();
    }
    String origin = devices.origin(tx.connection(), person.email().key(), visitor);
    int failures = codeFailures.begin(tx.connection(), person.id(), origin);
    if (failures > CodeFailures.MOST) {
      return new SignInOutcome.AppClosed();
    }
    return switch (apps.use(tx, person.id(), code)) {
      case RIGHT -> {
        codeFailures.clear(tx.connection(), person.id(), origin);
        yield finish(tx, person, challenge, visitor);
      }
      case USED -> {
        codeFailures.forgive(tx.connection(), person.id(), origin);
        yield new SignInOutcome.CodeUsed();
      }
      case WRONG -> wrongCode(tx, person, failures);
    };
  }

  private SignInOutcome wrongCode(Tx tx, Account person, int failures) throws SQLException {
    if (failures == CodeFailures.LETTER_AT) {
      notices.codesWrong(tx, person.email());
    }
    return failures >= CodeFailures.MOST
        ? new SignInOutcome.AppClosed()
        : new SignInOutcome.Refused();
  }

  private SignInOutcome finish(Tx tx, Account person, String challenge, Visitor visitor)
      throws SQLException {
    return tokens.consume(tx, TokenPurpose.CHALLENGE, challenge) instanceof TokenVerdict.Valid
        ? start(tx, person, true, visitor)
        : new SignInOutcome.ChallengeOver();
  }

  private Optional<Account> challenged(Tx tx, String challenge) throws SQLException {
    return tokens.peek(tx, TokenPurpose.CHALLENGE, challenge) instanceof TokenVerdict.Valid valid
        ? person(tx, valid.accountId())
        : Optional.empty();
  }

  private static Optional<Account> person(Tx tx, Optional<UUID> id) {
    return id.isEmpty()
        ? Optional.empty()
        : AccountStore.find(tx, id.get()).map(StoredAccount::account).filter(Account::verified);
  }

  private SignInOutcome start(Tx tx, Account person, boolean secondFactor, Visitor visitor)
      throws SQLException {
    lockOuts.clear(tx.connection(), person.email(), visitor);
    Sessions.Started session =
        sessions.start(
            tx,
            person.id(),
            SessionStore.firstTenant(tx.connection(), person.id()),
            secondFactor,
            visitor);
    return new SignInOutcome.SignedIn(
        session.token(),
        session.id(),
        person.id(),
        devices.remember(tx.connection(), person.id(), visitor));
  }

  /** Only by the person whose session it is. */
  private StepUpOutcome steppedUp(Connection connection, Session session, Optional<UUID> shown)
      throws SQLException {
    if (!shown.equals(Optional.of(session.accountId()))) {
      return new StepUpOutcome.Refused();
    }
    lockOuts.clear(connection, session);
    return sessions.steppedUp(connection, session)
        ? new StepUpOutcome.SteppedUp()
        : new StepUpOutcome.Refused();
  }
}
