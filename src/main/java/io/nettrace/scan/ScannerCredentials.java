package io.nettrace.scan;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Credentials of vantage points: issued, replaced, withdrawn and checked. Each call of a scanner is
 * checked in the database, so what is withdrawn opens nothing from that moment on, on any node.
 */
@Service
public class ScannerCredentials {
  /** How many live ones a vantage point has at most. */
  public static final int MOST_LIVE = 20;

  /** How long one that is replaced may stay good. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private static final int MOST_LISTED = 1000;

  private final Database database;
  private final Tenants tenants;
  private final Optional<byte[]> sharedToken;
  private final Clock clock;

  @Inject
  public ScannerCredentials(Database database, Tenants tenants, ScanConfig config, Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.sharedToken = config.token().map(CredentialSecret::digest);
    this.clock = clock;
  }

  /**
   * For what {@code presented} is good; empty when for nothing. A tenant's opens nothing while the
   * tenant is not served.
   */
  public Optional<ScannerPass> check(String presented) {
    if (!CredentialSecret.isPossible(presented)) {
      return Optional.empty();
    }
    byte[] digest = CredentialSecret.digest(presented);
    if (sharedToken.filter(shared -> MessageDigest.isEqual(shared, digest)).isPresent()) {
      return Optional.of(new ScannerPass.SharedToken());
    }
    return database.run(connection -> check(connection, digest));
  }

  private Optional<ScannerPass> check(Connection connection, byte[] digest) throws SQLException {
    Instant now = clock.instant();
    Optional<ScannerCredential> found =
        CredentialStore.find(connection, digest).filter(one -> one.isLive(now));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ScannerCredential credential = found.get();
    boolean isServed =
        RegisteredVantagePoint.find(connection, credential.vantagePoint())
            .filter(place -> place.policy().owner().map(this::isServed).orElse(true))
            .isPresent();
    if (!isServed) {
      return Optional.empty();
    }
    CredentialStore.used(connection, credential.id(), now);
    return Optional.of(new ScannerPass.OfVantagePoint(credential.id(), credential.vantagePoint()));
  }

  private boolean isServed(UUID tenantId) {
    return tenants.find(tenantId).map(Tenant::state).filter(s -> s.isServed()).isPresent();
  }

  /** A new one, good at once on every node. */
  public CredentialOutcome issue(Actor by, String vantagePoint) {
    return database.transaction(
        tx -> {
          if (!CredentialStore.lock(tx.connection(), vantagePoint)) {
            return new CredentialOutcome.UnknownVantagePoint();
          }
          if (live(tx, vantagePoint) >= MOST_LIVE) {
            return new CredentialOutcome.TooMany(MOST_LIVE);
          }
          CredentialOutcome.Issued issued = insert(tx, vantagePoint, CredentialSecret.random());
          audit(by, tx, VantagePointAct.CREDENTIAL_ISSUED, issued.credential());
          return issued;
        });
  }

  /** A new one for an old one, which stays good for {@code overlap} only. */
  public CredentialOutcome rotate(Actor by, String vantagePoint, UUID id, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      return new CredentialOutcome.OverlapTooLong(LONGEST_OVERLAP);
    }
    Instant end = clock.instant().plus(overlap);
    return database.transaction(
        tx -> {
          if (!CredentialStore.lock(tx.connection(), vantagePoint)) {
            return new CredentialOutcome.UnknownVantagePoint();
          }
          if (!CredentialStore.expire(tx.connection(), vantagePoint, id, end)) {
            return new CredentialOutcome.UnknownCredential();
          }
          if (live(tx, vantagePoint) > MOST_LIVE) {
            tx.rollbackOnly();
            return new CredentialOutcome.TooMany(MOST_LIVE);
          }
          CredentialOutcome.Issued issued = insert(tx, vantagePoint, CredentialSecret.random());
          tx.audit(
              by,
              entry(tx, VantagePointAct.CREDENTIAL_ROTATED, vantagePoint)
                  .with("credential", id)
                  .with("replaced_by", issued.credential().id())
                  .with("expires_at", end));
          return issued;
        });
  }

  /**
   * Withdraws one: no node takes anything of a scanner with it from now on. Withdrawing it again
   * changes nothing. False when the vantage point has no such credential.
   */
  public boolean revoke(Actor by, String vantagePoint, UUID id) {
    return database.transaction(
        tx -> {
          Optional<ScannerCredential> found =
              CredentialStore.find(tx.connection(), vantagePoint, id);
          if (found.isPresent()
              && CredentialStore.revoke(tx.connection(), vantagePoint, id, clock.instant())) {
            audit(by, tx, VantagePointAct.CREDENTIAL_REVOKED, found.get());
          }
          return found.isPresent();
        });
  }

  /** All of a vantage point, the newest first, those that have ended included. */
  public List<ScannerCredential> list(String vantagePoint) {
    return database.run(connection -> CredentialStore.list(connection, vantagePoint, MOST_LISTED));
  }

  /**
   * Makes a secret that this node holds a credential of a vantage point; false when it is one that
   * has ended or is another's, so that the node needs a new secret. Nothing changes when it is one
   * already.
   */
  boolean adopt(Actor by, Tx tx, String vantagePoint, String secret) throws SQLException {
    byte[] digest = CredentialSecret.digest(secret);
    boolean _ = CredentialStore.lock(tx.connection(), vantagePoint);
    Optional<ScannerCredential> known = CredentialStore.find(tx.connection(), digest);
    if (known.isPresent()) {
      return known.get().vantagePoint().equals(vantagePoint) && known.get().isLive(clock.instant());
    }
    audit(by, tx, VantagePointAct.CREDENTIAL_ISSUED, insert(tx, vantagePoint, secret).credential());
    return true;
  }

  private CredentialOutcome.Issued insert(Tx tx, String vantagePoint, String secret)
      throws SQLException {
    Instant now = clock.instant();
    UUID id = TimeOrderedId.at(now);
    CredentialStore.insert(tx.connection(), id, vantagePoint, CredentialSecret.digest(secret), now);
    ScannerCredential credential =
        new ScannerCredential(
            id, vantagePoint, now, Optional.empty(), Optional.empty(), Optional.empty());
    return new CredentialOutcome.Issued(credential, secret);
  }

  private long live(Tx tx, String vantagePoint) throws SQLException {
    Instant now = clock.instant();
    return CredentialStore.list(tx.connection(), vantagePoint, MOST_LISTED).stream()
        .filter(one -> one.isLive(now))
        .count();
  }

  private static void audit(Actor by, Tx tx, VantagePointAct act, ScannerCredential credential)
      throws SQLException {
    tx.audit(by, entry(tx, act, credential.vantagePoint()).with("credential", credential.id()));
  }

  private static AuditEntry entry(Tx tx, VantagePointAct act, String vantagePoint)
      throws SQLException {
    Optional<UUID> owner =
        RegisteredVantagePoint.find(tx.connection(), vantagePoint)
            .flatMap(place -> place.policy().owner());
    return new AuditEntry(act, owner, vantagePoint, Map.of());
  }
}
