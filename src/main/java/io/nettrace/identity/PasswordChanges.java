package io.nettrace.identity;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** New passwords: with the old one, or with a link by mail for those who forgot it. */
@Service
public class PasswordChanges {
  private static final Logger LOG = System.getLogger(PasswordChanges.class.getName());
  private static final int MOST_REQUESTS_WAITING = 1_000;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final Occasion LINK = Occasion.of(Purpose.PASSWORD_RESET);

  private final Database database;
  private final PasswordChecks checks;
  private final Passwords passwords;
  private final OneTimeTokens tokens;
  private final Sessions sessions;
  private final LockOuts lockOuts;
  private final CodeFailures codeFailures;
  private final Outbox outbox;
  private final Letters letters;
  private final Notices notices;
  private final Clock clock;

  /** Whoever asks is answered before anything is looked up, so the answer's time says nothing. */
  private final ThreadPoolExecutor requests =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_REQUESTS_WAITING),
          Thread.ofPlatform().daemon().name("nettrace-resets").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  @Inject
  PasswordChanges(
      Database database,
      PasswordChecks checks,
      Passwords passwords,
      OneTimeTokens tokens,
      Sessions sessions,
      LockOuts lockOuts,
      CodeFailures codeFailures,
      Outbox outbox,
      Letters letters,
      Notices notices,
      Clock clock) {
    this.database = database;
    this.checks = checks;
    this.passwords = passwords;
    this.tokens = tokens;
    this.sessions = sessions;
    this.lockOuts = lockOuts;
    this.codeFailures = codeFailures;
    this.outbox = outbox;
    this.letters = letters;
    this.notices = notices;
    this.clock = clock;
  }

  /** Sends a link to {@code email} if it has an account; there is one answer for all. */
  public void requestReset(String email) {
    if (EmailAddress.parse(email) instanceof Parsed.Valid<EmailAddress>(EmailAddress address)) {
      requests.execute(() -> sendLink(address));
    }
  }

  /**
   * With the link from the mail; lock-outs end. Second factors are still asked for at the next
   * sign-in.
   */
  public PasswordOutcome reset(String token, String password) {
    TokenVerdict verdict = database.transaction(tx -> tokens.peek(tx, TokenPurpose.RESET, token));
    return switch (verdict) {
      case TokenVerdict.Refused refused -> new PasswordOutcome.TokenRefused(refused);
      case TokenVerdict.Valid valid ->
          prepared(valid.accountId().orElseThrow(), password, Optional.empty(), Optional.of(token));
    };
  }

  /** With the old password. */
  public PasswordOutcome change(Session session, String old, String fresh) {
    return switch (checks.check(session, old)) {
      case PasswordChecks.Result.Wrong() -> new PasswordOutcome.WrongPassword();
      case PasswordChecks.Result.LockedOut(var left) -> new PasswordOutcome.LockedOut(left);
      case PasswordChecks.Result.Busy() -> new PasswordOutcome.Busy();
      case PasswordChecks.Result.Right _ ->
          prepared(session.accountId(), fresh, Optional.of(session), Optional.empty());
    };
  }

  /** Whoever was answered is served first. */
  @PreDestroy
  void stop() {
    requests.shutdown();
    try {
      if (!requests.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "links for new passwords were asked for and not sent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work behind {@link #requestReset}. */
  void sendLink(EmailAddress email) {
    try {
      database.transaction(
          tx -> {
            Optional<Account> person =
                AccountStore.find(tx, email).map(StoredAccount::account).filter(Account::verified);
            if (person.isPresent()) {
              sendLink(tx, person.get());
            }
            return true;
          });
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a link for a new password was not sent", e);
    }
  }

  private void sendLink(Tx tx, Account person) throws SQLException {
    if (outbox.isHeld(tx, LINK, person.email().text())) {
      return;
    }
    String token =
        tokens.issue(tx, TokenPurpose.RESET, Optional.of(person.id()), Optional.empty(), Map.of());
    outbox.add(tx, LINK, letters.resetPassword(person.email(), token));
  }

  private PasswordOutcome prepared(
      UUID accountId, String password, Optional<Session> acting, Optional<String> token) {
    Account person =
        database.transaction(tx -> AccountStore.find(tx, accountId)).orElseThrow().account();
    boolean secondFactor = !database.run(connection -> Factors.of(connection, accountId)).isEmpty();
    PasswordContext context = new PasswordContext(person.email(), List.of(), secondFactor);
    return switch (passwords.prepare(password, context)) {
      case PreparedPassword.Refused(PasswordVerdict verdict) ->
          new PasswordOutcome.NewPasswordRefused(verdict);
      case PreparedPassword.Busy() -> new PasswordOutcome.Busy();
      case PreparedPassword.Ready(PasswordHash hash) ->
          database.transaction(tx -> set(tx, person, hash, acting, token));
    };
  }

  private PasswordOutcome set(
      Tx tx, Account person, PasswordHash hash, Optional<Session> acting, Optional<String> token)
      throws SQLException {
    StoredAccount _ = AccountStore.lock(tx, person.id()).orElseThrow();
    if (!hash.standsAlone() && Factors.of(tx.connection(), person.id()).isEmpty()) {
      // the factor that made it long enough was removed meanwhile
      return new PasswordOutcome.NewPasswordRefused(
          new PasswordVerdict.TooShort(PasswordRules.LEAST_ALONE));
    }
    if (token.isPresent()
        && tokens.consume(tx, TokenPurpose.RESET, token.get())
            instanceof TokenVerdict.Refused refused) {
      return new PasswordOutcome.TokenRefused(refused);
    }
    AccountStore.setPassword(tx, person.id(), hash, clock.instant());
    tx.audit(
        new Actor.Person(person.id()),
        AuditEntry.ofInstallation(
            token.isPresent() ? PersonAct.PASSWORD_RESET : PersonAct.PASSWORD_CHANGED,
            person.id().toString()));
    tokens.withdraw(tx, TokenPurpose.RESET, person.id());
    tokens.withdraw(tx, TokenPurpose.CHALLENGE, person.id());
    notices.passwordChanged(tx, person.email());
    if (acting.isPresent()) {
      Session session = acting.get();
      return new PasswordOutcome.Changed(
          Optional.of(sessions.replaceAll(tx, session, session.secondFactor())));
    }
    sessions.revokeAll(tx.connection(), person.id());
    lockOuts.forget(tx.connection(), person.email());
    codeFailures.clear(tx.connection(), person.id());
    return new PasswordOutcome.Changed(Optional.empty());
  }
}
