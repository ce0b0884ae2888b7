package io.nettrace.identity;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A new e-mail address: the new one confirms, the old one is told. */
@Service
public class EmailChanges {
  private static final String NEW = "email";
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;
  private final OneTimeTokens tokens;
  private final Sessions sessions;
  private final Outbox outbox;
  private final Letters letters;
  private final Clock clock;

  @Inject
  EmailChanges(
      Database database,
      OneTimeTokens tokens,
      Sessions sessions,
      Outbox outbox,
      Letters letters,
      Clock clock) {
    this.database = database;
    this.tokens = tokens;
    this.sessions = sessions;
    this.outbox = outbox;
    this.letters = letters;
    this.clock = clock;
  }

  public EmailOutcome request(Session session, String email) {
    if (!session.isSteppedUp(clock.instant())) {
      return new EmailOutcome.StepUpNeeded();
    }
    return switch (EmailAddress.parse(email)) {
      case Parsed.Invalid<EmailAddress>(String reason) -> new EmailOutcome.Malformed(reason);
      case Parsed.Valid<EmailAddress>(EmailAddress address) ->
          database.transaction(
              tx -> {
                tx.audit(
                    session.actor(), entry(PersonAct.EMAIL_CHANGE_REQUESTED, session.accountId()));
                sendLink(tx, session.accountId(), address, session.visitor().address());
                return new EmailOutcome.LinkSent();
              });
    };
  }

  /** With the link from the mail to the new address. All sessions of the person end. */
  public EmailOutcome confirm(String token) {
    try {
      return database.transaction(tx -> confirm(tx, token));
    } catch (DatabaseException e) {
      if (e.getCause() instanceof SQLException cause
          && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
        return new EmailOutcome.Taken(); // in this very moment
      }
      throw e;
    }
  }

  private EmailOutcome confirm(Tx tx, String token) throws SQLException {
    return switch (tokens.consume(tx, TokenPurpose.EMAIL_CHANGE, token)) {
      case TokenVerdict.Refused refused -> new EmailOutcome.TokenRefused(refused);
      case TokenVerdict.Valid valid ->
          set(
              tx,
              valid.accountId().orElseThrow(),
              new EmailAddress(Objects.requireNonNull(valid.payload().get(NEW))));
    };
  }

  private void sendLink(Tx tx, UUID accountId, EmailAddress address, String source)
      throws SQLException {
    tokens.withdraw(tx, TokenPurpose.EMAIL_CHANGE, accountId);
    String token =
        tokens.issue(
            tx,
            TokenPurpose.EMAIL_CHANGE,
            Optional.of(accountId),
            Optional.empty(),
            Map.of(NEW, address.text()));
    outbox.add(
        tx, Occasion.of(Purpose.NEW_ADDRESS).from(source), letters.confirmEmail(address, token));
  }

  private EmailOutcome set(Tx tx, UUID accountId, EmailAddress address) throws SQLException {
    EmailAddress old = AccountStore.lock(tx, accountId).orElseThrow().account().email();
    if (!AccountStore.setEmail(tx, accountId, address)) {
      return new EmailOutcome.Taken();
    }
    // links that are in the old mailbox open nothing any more
    tokens.withdraw(tx, TokenPurpose.RESET, accountId);
    sessions.revokeAll(tx.connection(), accountId);
    tx.audit(new Actor.Person(accountId), entry(PersonAct.EMAIL_CHANGED, accountId));
    outbox.add(tx, Occasion.of(Purpose.ACCOUNT_NOTICE), letters.emailChanged(old));
    return new EmailOutcome.Changed(address);
  }

  private static AuditEntry entry(PersonAct act, UUID accountId) {
    return AuditEntry.ofInstallation(act, accountId.toString());
  }
}
