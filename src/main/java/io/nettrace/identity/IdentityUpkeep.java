package io.nettrace.identity;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Forgets what is over: tokens, sessions, failures, invitations, apps that were never confirmed.
 */
@Service
public class IdentityUpkeep {
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration KEEP_INVITATIONS = Duration.ofDays(30);

  private final Database database;
  private final OneTimeTokens tokens;
  private final Sessions sessions;
  private final LockOuts lockOuts;
  private final Devices devices;
  private final AuthenticatorApps apps;
  private final InvitationStore invitations;
  private final Clock clock;

  @Inject
  IdentityUpkeep(
      Database database,
      OneTimeTokens tokens,
      Sessions sessions,
      LockOuts lockOuts,
      Devices devices,
      AuthenticatorApps apps,
      InvitationStore invitations,
      Clock clock) {
    this.database = database;
    this.tokens = tokens;
    this.sessions = sessions;
    this.lockOuts = lockOuts;
    this.devices = devices;
    this.apps = apps;
    this.invitations = invitations;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready, Chores chores) {
    chores.every(EVERY, "forgetting what is over in identity", this::forget);
  }

  /** Returns how many rows went. */
  int forget() {
    return database.run(
            connection ->
                tokens.forgetOld(connection)
                    + sessions.forgetEnded(connection)
                    + lockOuts.forgetOld(connection)
                    + devices.forgetOld(connection)
                    + apps.forgetUnconfirmed(connection))
        + database.transaction(
            tx -> invitations.forgetOld(tx, clock.instant().minus(KEEP_INVITATIONS)));
  }
}
