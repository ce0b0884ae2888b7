package io.nettrace.apikey;

import io.nettrace.apikey.IssueOutcome.Issued;
import io.nettrace.apikey.IssueOutcome.TooManyKeys;
import io.nettrace.apikey.KeyDigest.Fingerprint;
import io.nettrace.metric.Cidr;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.Tx;
import io.nettrace.platform.crypto.RandomBytes;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Issues, checks, rotates and withdraws keys. Checking looks at memory; only for a key that memory
 * does not know is the database asked.
 */
@Service
public class ApiKeys {
  /** How many keys a list has at most, ended ones included. */
  public static final int MOST_LISTED = 1000;

  /** How long a rotated key may stay good at most. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private static final String TOPIC = "apikeys";
  private static final Duration WRITE_USES_EVERY = Duration.ofSeconds(1);
  private static final Duration ENDED_KEYS_KEPT = Duration.ofDays(30);

  /** Longer than a transaction that changes keys takes. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private final Database database;
  private final Signals signals;
  private final KeyDigest digest;
  private final ApiKeyConfig config;
  private final TenantPlans plans;
  private final Clock clock;
  private final RandomGenerator random = RandomBytes.generator();
  private final KnownKeys known = new KnownKeys();
  private final UnknownKeys strangers;
  private final KeyUses uses;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-key-uses").factory());
  private Instant inTouch = Instant.EPOCH;

  @Inject
  ApiKeys(
      Database database,
      Signals signals,
      KeyDigest digest,
      ApiKeyConfig config,
      TenantPlans plans,
      Clock clock) {
    this.database = database;
    this.signals = signals;
    this.digest = digest;
    this.config = config;
    this.plans = plans;
    this.clock = clock;
    this.strangers = new UnknownKeys(database);
    this.uses = new KeyUses(database);
  }

  void load(@Observes @Priority(StartPhase.CACHES) DatabaseReady ready) {
    catchUp();
    signals.subscribe(TOPIC, tenantId -> read(UUID.fromString(tenantId)), this::catchUp);
    long period = WRITE_USES_EVERY.toMillis();
    var _ = writer.scheduleWithFixedDelay(uses::write, period, period, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    writer.close();
    uses.write();
  }

  /**
   * What {@code presented} is worth when it comes from that address, which is asked for only when
   * the key is bound to addresses, or its use is to be noted.
   */
  public KeyVerdict verify(String presented, Supplier<InetAddress> from) {
    if (!KeyText.isWellFormed(presented)) {
      return new KeyVerdict.Malformed();
    }
    // looked up by a keyed digest: timing says nothing about the key itself
    Fingerprint fingerprint = digest.of(presented);
    return known
        .find(fingerprint)
        .or(() -> strangers.find(fingerprint).map(key -> known.take(fingerprint, key)))
        .map(entry -> judge(entry, from))
        .orElseGet(KeyVerdict.Unknown::new);
  }

  private KeyVerdict judge(KnownKeys.Entry entry, Supplier<InetAddress> from) {
    long nowMillis = clock.millis();
    ApiKey key = entry.key();
    if (entry.isRevoked()) {
      return new KeyVerdict.Revoked(key);
    }
    if (entry.isExpired(nowMillis)) {
      return new KeyVerdict.Expired(key);
    }
    if (!isAllowedFrom(key.allowedFrom(), from)) {
      return new KeyVerdict.AddressNotAllowed(key);
    }
    uses.note(entry, nowMillis, from);
    return new KeyVerdict.Accepted(key);
  }

  private static boolean isAllowedFrom(List<Cidr> ranges, Supplier<InetAddress> from) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(from.get()));
  }

  /** A new key, which works on every node at once. */
  public IssueOutcome issue(Actor by, NewKey wish) {
    return database.transaction(tx -> issue(by, tx, wish));
  }

  /**
   * A new key, which works on every node once the transaction has committed. Takes part in the
   * caller's transaction, and has other keys of the same tenant wait until it ends.
   */
  public IssueOutcome issue(Actor by, Tx tx, NewKey wish) throws SQLException {
    IssueOutcome outcome = issue(by, tx, wish, Optional.empty(), mostLive(wish.tenantId()));
    if (outcome instanceof Issued issued) {
      ApiKey key = issued.key();
      tx.audit(
          by,
          AuditEntry.of(KeyAct.ISSUED, key.tenantId(), key.id().toString())
              .with("kind", key.kind())
              .with("scopes", key.scopes().stream().sorted().toList())
              .with("expires_at", key.expiresAt()));
    }
    return outcome;
  }

  /**
   * A new key that may do the same as an old one, which stays good for {@code overlap} only. Empty
   * when the tenant has no such live key. It lives as long as the old one was to live. While keys
   * overlap a tenant may have twice as many.
   */
  public Optional<IssueOutcome> rotate(Actor by, UUID tenantId, UUID id, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      return Optional.of(
          new IssueOutcome.Refused(
              "overlap", "The overlap is 0 to " + LONGEST_OVERLAP.toDays() + " days."));
    }
    Instant now = clock.instant();
    return database.transaction(
        tx -> {
          Optional<ApiKeyStore.Row> old =
              ApiKeyStore.find(tx.connection(), tenantId, id).filter(row -> row.key().isLive(now));
          return old.isEmpty()
              ? Optional.empty()
              : Optional.of(replace(by, tx, old.get(), now.plus(overlap)));
        });
  }

  /**
   * Withdraws a key: here at once, on the other nodes within a second. Withdrawing it again changes
   * nothing. False when the tenant has no such key.
   */
  public boolean revoke(Actor by, UUID tenantId, UUID id) {
    Instant now = clock.instant();
    return database.transaction(
        tx -> {
          if (ApiKeyStore.revoke(tx.connection(), tenantId, id, now)) {
            tx.audit(by, AuditEntry.of(KeyAct.REVOKED, tenantId, id.toString()));
          }
          signals.publish(tx, TOPIC, tenantId.toString());
          Optional<ApiKeyStore.Row> row = ApiKeyStore.find(tx.connection(), tenantId, id);
          row.ifPresent(revoked -> tx.afterCommit(() -> take(revoked)));
          return row.isPresent();
        });
  }

  /**
   * Withdraws every key of a tenant, on all nodes within a second of the commit, and says how many.
   * Takes part in the caller's transaction.
   */
  public int revokeAll(Actor by, Tx tx, UUID tenantId) throws SQLException {
    List<UUID> revoked = ApiKeyStore.revokeAll(tx.connection(), tenantId, clock.instant());
    for (UUID id : revoked) {
      tx.audit(by, AuditEntry.of(KeyAct.REVOKED, tenantId, id.toString()));
    }
    signals.publish(tx, TOPIC, tenantId.toString());
    return revoked.size();
  }

  /**
   * A tenant's keys: live ones, then ended ones, the newest first, {@link #MOST_LISTED} at most.
   */
  public List<OwnedKey> list(UUID tenantId) {
    uses.write();
    return database
        .run(connection -> ApiKeyStore.list(connection, tenantId, clock.instant(), MOST_LISTED))
        .stream()
        .map(row -> new OwnedKey(row.key(), row.lastUse()))
        .toList();
  }

  /** A key of that tenant; never one of another. */
  public Optional<OwnedKey> find(UUID tenantId, UUID id) {
    uses.write();
    return database
        .run(connection -> ApiKeyStore.find(connection, tenantId, id))
        .map(row -> new OwnedKey(row.key(), row.lastUse()));
  }

  private IssueOutcome replace(Actor by, Tx tx, ApiKeyStore.Row row, Instant oldExpiry)
      throws SQLException {
    ApiKey old = row.key();
    Instant now = clock.instant();
    Instant latest = now.plus(config.longestLife());
    Instant expiry = now.plus(Duration.between(old.createdAt(), old.expiresAt()));
    NewKey wish =
        new NewKey(
            old.tenantId(),
            old.name(),
            old.kind(),
            old.scopes(),
            Optional.of(expiry.isAfter(latest) ? latest : expiry),
            old.allowedFrom());
    int mostWhileRotating = 2 * mostLive(old.tenantId());
    IssueOutcome outcome = issue(by, tx, wish, Optional.of(old.id()), mostWhileRotating);
    if (outcome instanceof Issued issued) {
      ApiKeyStore.expire(tx.connection(), old.tenantId(), old.id(), oldExpiry);
      ApiKeyStore.Row ending =
          new ApiKeyStore.Row(row.fingerprint(), old.expiring(oldExpiry), row.lastUse());
      tx.afterCommit(() -> take(ending));
      tx.audit(
          by,
          AuditEntry.of(KeyAct.ROTATED, old.tenantId(), old.id().toString())
              .with("replacement", issued.key().id())
              .with("expires_at", ending.key().expiresAt()));
    }
    return outcome;
  }

  private IssueOutcome issue(Actor by, Tx tx, NewKey wish, Optional<UUID> replaces, int mostLive)
      throws SQLException {
    Instant now = clock.instant();
    // a key is rotated under the name that it has, by whichever rule that was taken
    Optional<IssueOutcome.Refused> broken =
        replaces.isPresent()
            ? KeyRules.broken(wish, now, config.longestLife())
            : KeyRules.badName(wish).or(() -> KeyRules.broken(wish, now, config.longestLife()));
    if (broken.isPresent()) {
      return broken.get();
    }
    if (ApiKeyStore.countLive(tx.connection(), wish.tenantId(), now) >= mostLive) {
      return new TooManyKeys(mostLive(wish.tenantId()));
    }
    String text = KeyText.random(wish.kind(), random);
    ApiKey key =
        new ApiKey(
            UUID.randomUUID(),
            wish.tenantId(),
            replaces.isPresent() ? wish.name() : KeyRules.name(wish),
            wish.kind(),
            wish.scopes(),
            wish.allowedFrom(),
            KeyText.start(text),
            KeyText.end(text),
            by.account(),
            replaces,
            now,
            wish.expiresAt().orElse(now.plus(config.longestLife())),
            Optional.empty());
    Fingerprint fingerprint = digest.of(text);
    ApiKeyStore.add(tx.connection(), key, fingerprint);
    tx.afterCommit(() -> take(fingerprint, key));
    signals.publish(tx, TOPIC, key.tenantId().toString());
    return new Issued(text, key);
  }

  /** What the tenant's plan allows, within what this installation allows to anybody. */
  private int mostLive(UUID tenantId) {
    return Math.min(plans.of(tenantId).keys(), config.mostLive());
  }

  private void read(UUID tenantId) {
    Instant kept = clock.instant().minus(ENDED_KEYS_KEPT);
    database
        .run(connection -> ApiKeyStore.ofTenant(connection, tenantId, kept))
        .forEach(this::take);
  }

  /** What changed while signals may have been missed. */
  private synchronized void catchUp() {
    Instant kept = clock.instant().minus(ENDED_KEYS_KEPT);
    Instant now = database.run(Columns::now);
    database
        .run(connection -> ApiKeyStore.changed(connection, inTouch.minus(OVERLAP), kept))
        .forEach(this::take);
    inTouch = now;
    known.forgetEndedBefore(kept);
  }

  private void take(ApiKeyStore.Row row) {
    take(row.fingerprint(), row.key());
  }

  private void take(Fingerprint fingerprint, ApiKey key) {
    KnownKeys.Entry _ = known.take(fingerprint, key);
  }
}
