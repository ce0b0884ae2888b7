package io.nettrace.identity;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.platform.crypto.RandomBytes;
import io.nettrace.platform.crypto.SealedPlace;
import io.nettrace.platform.crypto.Vault;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Programs on a person's telephone that show one-time passwords; one a person. */
@Service
public class AuthenticatorApps {
  private static final String ISSUER = "NetTrace";

  /** Of the key that sealed secrets before they had data keys. */
  private static final String EARLIER_PURPOSE = "nettrace identity 1";

  private static final Pattern CODE = Pattern.compile("[0-9]{" + TimeCodes.DIGITS + "}");

  /** So long an offered secret waits to be confirmed. */
  private static final Duration OFFER_LIFE = Duration.ofHours(1);

  private static final Sql OFFER =
      Sql.of(
          """
          insert into platform.authenticator_apps (account_id, secret, created_at, last_step)
          values (:account_id, :secret, :created_at, 0)
          on conflict (account_id) do update set secret = excluded.secret,
            created_at = excluded.created_at, last_step = 0
          where platform.authenticator_apps.confirmed_at is null
          """);
  private static final Sql SECRET =
      Sql.of(
          """
          select secret from platform.authenticator_apps
          where account_id = :account_id and (confirmed_at is not null) = :confirmed
          """);
  private static final Sql RESEAL =
      Sql.of(
          "update platform.authenticator_apps set secret = :secret where account_id = :account_id");
  private static final Sql STEP =
      Sql.of(
          "update platform.authenticator_apps set last_step = :last_step where account_id ="
              + " :account_id and last_step < :last_step");
  private static final Sql CONFIRM =
      Sql.of(
          """
          update platform.authenticator_apps set confirmed_at = :confirmed_at
          where account_id = :account_id and confirmed_at is null
          """);

  private final Database database;
  private final Vault vault;
  private final FactorChanges changes;
  private final LockOuts lockOuts;
  private final Clock clock;

  /**
   * A secret for an app; it counts once {@link #confirm} saw a code of it.
   *
   * @param secret in base32, to be typed
   * @param uri the same as {@code otpauth:} URI, to be shown as a QR code
   */
  public record Offer(String secret, String uri) {
    @Override
    public String toString() {
      return "Offer";
    }
  }

  @Inject
  AuthenticatorApps(
      Database database, Vault vault, FactorChanges changes, LockOuts lockOuts, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.changes = changes;
    this.lockOuts = lockOuts;
    this.clock = clock;
  }

  /** A new secret; empty when the person has an app already, or has not just shown who they are. */
  public Optional<Offer> offer(Session session) {
    if (!session.isSteppedUp(clock.instant())) {
      return Optional.empty();
    }
    byte[] secret = RandomBytes.of(TimeCodes.SECRET_BYTES);
    UUID account = session.accountId();
    int offered =
        database.<Integer>transaction(
            tx ->
                OFFER
                    .bind("account_id", account)
                    .bind("secret", vault.seal(tx, place(account), secret))
                    .bind("created_at", clock.instant())
                    .update(tx.connection()));
    return offered == 0 ? Optional.empty() : Optional.of(offer(session.email(), secret));
  }

  /** The person typed the first code: from now on the app is asked for. */
  public FactorOutcome confirm(Session session, String code) {
    if (!session.isSteppedUp(clock.instant())) {
      return new FactorOutcome.StepUpNeeded();
    }
    if (!(lockOuts.begin(session) instanceof LockOuts.Attempt.Begun attempt)) {
      return new FactorOutcome.Refused();
    }
    return database.transaction(
        tx -> {
          StoredAccount _ = AccountStore.lock(tx, session.accountId()).orElseThrow();
          if (accept(tx, session.accountId(), code, false) != CodeVerdict.RIGHT) {
            return new FactorOutcome.Refused();
          }
          CONFIRM
              .bind("confirmed_at", clock.instant())
              .bind("account_id", session.accountId())
              .update(tx.connection());
          lockOuts.forgive(tx.connection(), attempt);
          return changes.added(tx, session, Factor.AUTHENTICATOR_APP);
        });
  }

  /** The person does without from now on. */
  public FactorOutcome remove(Session session) {
    if (!session.isSteppedUp(clock.instant())) {
      return new FactorOutcome.StepUpNeeded();
    }
    return database.transaction(
        tx -> {
          StoredAccount person = AccountStore.lock(tx, session.accountId()).orElseThrow();
          Set<Factor> left = Factors.of(tx.connection(), session.accountId());
          if (!left.remove(Factor.AUTHENTICATOR_APP)) {
            return new FactorOutcome.Refused();
          }
          left.remove(Factor.RECOVERY_CODE);
          Optional<FactorOutcome> refusal = changes.refusal(person, left);
          if (refusal.isPresent()) {
            return refusal.get();
          }
          Sql.of("delete from platform.authenticator_apps where account_id = :account_id")
              .bind("account_id", session.accountId())
              .update(tx.connection());
          return changes.removed(tx, session, Factor.AUTHENTICATOR_APP);
        });
  }

  /** Whether this looks like a code of an app, and not like one from paper. */
  static boolean isCode(String typed) {
    return typed.length() <= 2 * TimeCodes.DIGITS && CODE.matcher(typed.replace(" ", "")).matches();
  }

  /** What {@code code} is to the person's app; a fresh one is used up then. */
  CodeVerdict use(Tx tx, UUID accountId, String code) throws SQLException {
    return accept(tx, accountId, code, true);
  }

  int forgetUnconfirmed(Connection connection) throws SQLException {
    return Sql.of(
            "delete from platform.authenticator_apps where confirmed_at is null and created_at <"
                + " :before")
        .bind("before", clock.instant().minus(OFFER_LIFE))
        .update(connection);
  }

  private CodeVerdict accept(Tx tx, UUID accountId, String typed, boolean confirmed)
      throws SQLException {
    if (!isCode(typed)) {
      return CodeVerdict.WRONG;
    }
    String code = typed.replace(" ", "");
    Optional<byte[]> kept =
        SECRET
            .bind("account_id", accountId)
            .bind("confirmed", confirmed)
            .first(tx.connection(), row -> row.getBytes("secret"));
    Optional<byte[]> secret = kept.isPresent() ? open(tx, accountId, kept.get()) : Optional.empty();
    if (secret.isEmpty()) {
      return CodeVerdict.WRONG;
    }
    OptionalLong step = TimeCodes.step(secret.get(), code, clock.instant());
    if (step.isEmpty()) {
      return CodeVerdict.WRONG;
    }
    boolean isFresh =
        STEP.bind("last_step", step.getAsLong())
                .bind("account_id", accountId)
                .update(tx.connection())
            == 1;
    if (isFresh && !Vault.isCurrent(kept.orElseThrow())) {
      int _ =
          RESEAL
              .bind("account_id", accountId)
              .bind("secret", vault.seal(tx, place(accountId), secret.get()))
              .update(tx.connection());
    }
    return isFresh ? CodeVerdict.RIGHT : CodeVerdict.USED;
  }

  private Optional<byte[]> open(Tx tx, UUID accountId, byte[] kept) throws SQLException {
    return Vault.isCurrent(kept)
        ? vault.open(tx, place(accountId), kept)
        : vault.openEarlier(EARLIER_PURPOSE, UserHandle.of(accountId), kept);
  }

  /** A person's own, whichever tenants they are members of. */
  private static SealedPlace place(UUID accountId) {
    return new SealedPlace(
        Optional.empty(), "platform.authenticator_apps", "secret", accountId.toString());
  }

  private static Offer offer(EmailAddress email, byte[] secret) {
    String text = Base32.text(secret);
    String uri =
        "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=30"
            .formatted(ISSUER, encoded(email.text()), text, ISSUER, TimeCodes.DIGITS);
    return new Offer(text, uri);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
