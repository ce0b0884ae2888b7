package io.nettrace.identity;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** People, one account each. */
@Service
public class Accounts {
  private final Database database;
  private final Clock clock;

  @Inject
  public Accounts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A new account, in the caller's transaction.
   *
   * @param password made by {@link Passwords#prepare} before the transaction began
   * @param verified whether the address is known to reach the person; nobody signs in before
   * @return empty when the address has an account
   */
  public Optional<Account> create(
      Actor by, Tx tx, EmailAddress email, PersonName name, PasswordHash password, boolean verified)
      throws SQLException {
    Instant now = clock.instant();
    Account account = new Account(TimeOrderedId.at(now), email, name, now, verified);
    if (!AccountStore.add(tx, account, password)) {
      return Optional.empty();
    }
    tx.audit(by, entry(PersonAct.ACCOUNT_CREATED, account.id()));
    return Optional.of(account);
  }

  /** The address turned out to reach the person. */
  public void verify(Actor by, Tx tx, UUID id) throws SQLException {
    if (AccountStore.verify(tx, id, clock.instant())) {
      tx.audit(by, entry(PersonAct.ACCOUNT_VERIFIED, id));
    }
  }

  public Optional<Account> find(UUID id) {
    return database.transaction(tx -> AccountStore.find(tx, id)).map(StoredAccount::account);
  }

  /** For the system itself: whoever tells a stranger the result tells them who has an account. */
  public Optional<Account> find(Tx tx, EmailAddress email) throws SQLException {
    return AccountStore.find(tx, email).map(StoredAccount::account);
  }

  /** What the person can show beside the password. */
  public Set<Factor> factors(UUID id) {
    return database.run(connection -> Factors.of(connection, id));
  }

  /** False when there is no such account. */
  public boolean rename(Actor by, UUID id, PersonName name) {
    return database.transaction(
        tx -> {
          boolean done = AccountStore.rename(tx, id, name);
          if (done) {
            tx.audit(by, entry(PersonAct.ACCOUNT_RENAMED, id));
          }
          return done;
        });
  }

  /** Accounts are people's own, not their tenants'. */
  private static AuditEntry entry(PersonAct act, UUID id) {
    return AuditEntry.ofInstallation(act, id.toString());
  }
}
