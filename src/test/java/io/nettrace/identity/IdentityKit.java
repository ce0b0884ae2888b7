package io.nettrace.identity;

import io.nettrace.platform.Database;
import io.nettrace.platform.Settings;
import io.nettrace.platform.mail.UnsentMail;
import io.nettrace.testing.Actors;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Tenants' people for tests of other components. Nobody of them can sign in. */
public final class IdentityKit {
  private static final int CHEAP_KIB = 64;
  private static final int AT_ONCE = 32;
  private static final PasswordHash NONE = new PasswordHash("no password", true);

  private final Database database;
  private final Accounts accounts;
  private final Members members;

  public IdentityKit(Database database, Clock clock) {
    IdentityConfig config = IdentityConfig.from(Settings.of(Map.of()));
    this.database = database;
    this.accounts = new Accounts(database, clock);
    this.members =
        new Members(
            database,
            new Sessions(database, config, clock),
            new TenantPolicies(database, config),
            new InvitationStore(),
            new LockOuts(database, new Devices(clock), clock),
            UnsentMail.outbox(database, clock),
            clock);
  }

  /** Passwords whose hashes cost next to nothing. */
  public static Passwords cheapPasswords() {
    return new Passwords(new PasswordHashes(CHEAP_KIB, new Semaphore(AT_ONCE)));
  }

  public Members members() {
    return members;
  }

  /** Somebody new, who belongs to that tenant. */
  public Account member(UUID tenantId, String email, Role role) {
    return database.transaction(
        tx -> {
          EmailAddress address = new EmailAddress(email);
          Account account =
              accounts
                  .create(Actors.TEST, tx, address, new PersonName("Some Body"), NONE, true)
                  .orElseThrow();
          boolean _ = members.add(Actors.TEST, tx, tenantId, account.id(), role);
          return account;
        });
  }
}
