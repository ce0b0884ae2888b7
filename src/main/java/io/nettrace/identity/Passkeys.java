package io.nettrace.identity;

import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.RegistrationData;
import io.nettrace.platform.Database;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Passkeys of people: registered while signed in, and enough by themselves to sign in with. */
@Service
public class Passkeys {
  static final int MOST = 20;

  private final Database database;
  private final OneTimeTokens tokens;
  private final FactorChanges changes;
  private final PublicAddress address;
  private final PasskeyCeremonies ceremonies;
  private final Clock clock;

  @Inject
  Passkeys(
      Database database,
      OneTimeTokens tokens,
      FactorChanges changes,
      PublicAddress address,
      Clock clock) {
    this.database = database;
    this.tokens = tokens;
    this.changes = changes;
    this.address = address;
    this.ceremonies = new PasskeyCeremonies(address);
    this.clock = clock;
  }

  /**
   * {@code PublicKeyCredentialCreationOptions} in JSON for the person's browser; empty when they
   * have not just shown who they are.
   */
  public Optional<String> registrationOptions(Session session) {
    if (!session.isSteppedUp(clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(
        database.transaction(
            tx -> {
              String challenge =
                  tokens.issue(
                      tx,
                      TokenPurpose.PASSKEY_REGISTRATION,
                      Optional.of(session.accountId()),
                      Optional.empty(),
                      Map.of());
              List<byte[]> present =
                  PasskeyStore.credentialIds(tx.connection(), session.accountId());
              return PasskeyOptions.registration(address, session, challenge, present);
            }));
  }

  /**
   * Keeps a new passkey.
   *
   * @param answer {@code RegistrationResponseJSON} of the browser
   * @param name what the person calls it
   */
  public FactorOutcome register(Session session, String answer, PersonName name) {
    if (!session.isSteppedUp(clock.instant())) {
      return new FactorOutcome.StepUpNeeded();
    }
    Optional<RegistrationData> data = ceremonies.registration(answer);
    if (data.isEmpty()) {
      return new FactorOutcome.Refused();
    }
    return database.transaction(tx -> register(tx, session, data.get(), name.text()));
  }

  /** {@code PublicKeyCredentialRequestOptions} in JSON for anybody's browser. */
  public String signInOptions() {
    String challenge =
        database.transaction(
            tx ->
                tokens.issue(
                    tx,
                    TokenPurpose.PASSKEY_SIGN_IN,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of()));
    return PasskeyOptions.signIn(address, challenge);
  }

  /** The person's passkeys, the oldest first. */
  public List<Passkey> list(UUID accountId) {
    return database.run(connection -> PasskeyStore.list(connection, accountId));
  }

  /** The person does without it from now on. */
  public FactorOutcome remove(Session session, UUID passkeyId) {
    if (!session.isSteppedUp(clock.instant())) {
      return new FactorOutcome.StepUpNeeded();
    }
    return database.transaction(
        tx -> {
          StoredAccount person = AccountStore.lock(tx, session.accountId()).orElseThrow();
          Optional<FactorOutcome> refusal =
              changes.refusal(person, leftWithout(tx.connection(), session.accountId(), passkeyId));
          if (refusal.isPresent()) {
            return refusal.get();
          }
          return PasskeyStore.remove(tx.connection(), session.accountId(), passkeyId)
              ? changes.removed(tx, session, Factor.PASSKEY)
              : new FactorOutcome.Refused();
        });
  }

  /** Whose passkey gave {@code answer} to a challenge of ours; empty when nobody's. */
  Optional<UUID> accountOf(Tx tx, String answer) throws SQLException {
    Optional<AuthenticationData> data = ceremonies.signIn(answer);
    if (data.isEmpty()
        || !answersOurs(
            tx,
            TokenPurpose.PASSKEY_SIGN_IN,
            PasskeyCeremonies.challenge(data.get().getCollectedClientData()),
            Optional.empty())) {
      return Optional.empty();
    }
    Optional<PasskeyStore.Stored> after =
        PasskeyStore.lock(tx.connection(), data.get().getCredentialId())
            .flatMap(passkey -> ceremonies.verified(data.get(), passkey));
    if (after.isPresent()) {
      PasskeyStore.used(
          tx.connection(),
          after.get().id(),
          after.get().signCount(),
          after.get().backedUp(),
          clock.instant());
    }
    return after.map(PasskeyStore.Stored::accountId);
  }

  private FactorOutcome register(Tx tx, Session session, RegistrationData data, String name)
      throws SQLException {
    UUID account = session.accountId();
    StoredAccount _ = AccountStore.lock(tx, account).orElseThrow();
    if (!answersOurs(
        tx,
        TokenPurpose.PASSKEY_REGISTRATION,
        PasskeyCeremonies.challenge(data.getCollectedClientData()),
        Optional.of(account))) {
      return new FactorOutcome.Refused();
    }
    if (PasskeyStore.credentialIds(tx.connection(), account).size() >= MOST) {
      return new FactorOutcome.TooMany(MOST);
    }
    Instant now = clock.instant();
    Optional<PasskeyStore.Stored> passkey =
        ceremonies.verified(data, TimeOrderedId.at(now), account);
    if (passkey.isEmpty()
        || !PasskeyStore.add(
            tx.connection(), passkey.get(), PasskeyCeremonies.credentialId(data), name, now)) {
      return new FactorOutcome.Refused();
    }
    return changes.added(tx, session, Factor.PASSKEY);
  }

  /** Uses the challenge up, also if nothing comes of it. */
  private boolean answersOurs(
      Tx tx, TokenPurpose purpose, Optional<String> challenge, Optional<UUID> accountId)
      throws SQLException {
    return challenge.isPresent()
        && tokens.consume(tx, purpose, challenge.get()) instanceof TokenVerdict.Valid valid
        && valid.accountId().equals(accountId);
  }

  private static Set<Factor> leftWithout(Connection connection, UUID accountId, UUID passkeyId)
      throws SQLException {
    Set<Factor> left = Factors.of(connection, accountId);
    left.remove(Factor.RECOVERY_CODE);
    if (PasskeyStore.list(connection, accountId).stream()
        .allMatch(it -> it.id().equals(passkeyId))) {
      left.remove(Factor.PASSKEY);
    }
    return left;
  }
}
