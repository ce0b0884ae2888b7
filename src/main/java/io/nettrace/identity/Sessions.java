package io.nettrace.identity;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is signed in. {@link #verify} mostly answers from memory: what it read of a session holds for
 * {@link #MEMORY}, so that is how long a revocation takes to reach other nodes.
 */
@Service
public class Sessions {
  static final Duration MEMORY = Duration.ofMillis(900);
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 10_000;

  private final Database database;
  private final IdentityConfig config;
  private final Clock clock;
  private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

  private record Remembered(SessionStore.Stored stored, Instant readAt) {}

  /** A session that has just begun: its token, to be given to the person and nobody else. */
  public record Started(String token, UUID id) {}

  @Inject
  Sessions(Database database, IdentityConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  public SessionVerdict verify(String token) {
    if (!OpaqueToken.isWellFormed(token)) {
      return new SessionVerdict.Unknown();
    }
    Instant now = clock.instant();
    Remembered remembered = memory.get(token);
    if (remembered == null || !remembered.readAt().plus(MEMORY).isAfter(now)) {
      Optional<SessionStore.Stored> read = database.run(connection -> read(connection, token, now));
      if (read.isEmpty()) {
        memory.remove(token);
        return new SessionVerdict.Unknown();
      }
      remembered = new Remembered(read.get(), now);
      remember(token, remembered);
    }
    return remembered.stored().endsAt().isAfter(now)
        ? new SessionVerdict.Live(remembered.stored().session())
        : new SessionVerdict.Expired();
  }

  /**
   * Those of the tokens that are live now, asked of the database at once and without counting as a
   * visit: for what stays open.
   */
  public Map<String, Session> live(Collection<String> tokens) {
    if (tokens.isEmpty()) {
      return Map.of();
    }
    Instant now = clock.instant();
    Map<ByteBuffer, String> byHash = new HashMap<>();
    tokens.stream()
        .filter(OpaqueToken::isWellFormed)
        .forEach(token -> byHash.put(ByteBuffer.wrap(OpaqueToken.digest(token)), token));
    Map<ByteBuffer, SessionStore.Stored> found =
        database.run(connection -> SessionStore.find(connection, byHash.keySet(), config.policy()));
    Map<String, Session> live = new HashMap<>();
    found.forEach(
        (hash, stored) -> {
          if (stored.endsAt().isAfter(now)) {
            live.put(byHash.get(hash), stored.session());
          }
        });
    return live;
  }

  /** Live sessions of a person, the newest first. */
  public List<Session> list(UUID accountId) {
    Instant now = clock.instant();
    return database
        .run(connection -> SessionStore.list(connection, accountId, config.policy()))
        .stream()
        .filter(stored -> stored.endsAt().isAfter(now))
        .map(SessionStore.Stored::session)
        .toList();
  }

  /** Acts for another of the person's tenants from now on; false when they do not belong to it. */
  public boolean switchTo(Session session, UUID tenantId) {
    boolean done =
        database.run(connection -> SessionStore.switchTo(connection, session.id(), tenantId));
    forgetHere(session.accountId());
    return done;
  }

  /** Ends one session of a person; false when there is no such session. */
  public boolean revoke(Actor by, UUID accountId, UUID sessionId) {
    boolean done =
        database.transaction(
            tx -> {
              boolean ended = SessionStore.revoke(tx.connection(), accountId, sessionId);
              if (ended) {
                tx.audit(by, ended(accountId, sessionId));
              }
              return ended;
            });
    forgetHere(accountId);
    return done;
  }

  /** Ends all other sessions of the person; returns how many. */
  public int revokeOthers(Session acting) {
    int ended =
        database.transaction(
            tx -> {
              List<UUID> others =
                  SessionStore.revokeOthers(tx.connection(), acting.accountId(), acting.id());
              for (UUID other : others) {
                tx.audit(acting.actor(), ended(acting.accountId(), other));
              }
              return others.size();
            });
    forgetHere(acting.accountId());
    return ended;
  }

  private static AuditEntry ended(UUID accountId, UUID sessionId) {
    return AuditEntry.ofInstallation(PersonAct.SESSION_ENDED, sessionId.toString())
        .with("account", accountId);
  }

  /** Begins a session; one that the same browser had ends. */
  public Started start(
      Tx tx, UUID accountId, Optional<UUID> tenantId, boolean secondFactor, Visitor visitor)
      throws SQLException {
    if (visitor.session().isPresent()) {
      end(tx.connection(), visitor.session().get());
    }
    String token = OpaqueToken.random();
    Instant now = clock.instant();
    UUID id = TimeOrderedId.at(now);
    SessionStore.add(
        tx.connection(),
        id,
        OpaqueToken.digest(token),
        accountId,
        tenantId,
        secondFactor,
        now,
        visitor);
    return new Started(token, id);
  }

  private void end(Connection transaction, String token) throws SQLException {
    SessionStore.revoke(transaction, OpaqueToken.digest(token));
    memory.remove(token);
  }

  /** Ends all sessions of a person. */
  void revokeAll(Connection transaction, UUID accountId) throws SQLException {
    SessionStore.revokeAll(transaction, accountId);
    forgetHere(accountId);
  }

  /** Ends all sessions of a person; the acting one goes on under the returned token. */
  String replaceAll(Tx tx, Session acting, boolean secondFactor) throws SQLException {
    revokeAll(tx.connection(), acting.accountId());
    return start(tx, acting.accountId(), acting.tenantId(), secondFactor, acting.visitor()).token();
  }

  /** The person has just shown who they are. */
  boolean steppedUp(Connection transaction, Session session) throws SQLException {
    boolean done = SessionStore.steppedUp(transaction, session.id(), clock.instant());
    forgetHere(session.accountId());
    return done;
  }

  /** Sessions for a tenant go on for none: those of one person, or all. */
  void leave(Connection transaction, UUID tenantId, Optional<UUID> accountId) throws SQLException {
    SessionStore.leave(transaction, tenantId, accountId);
    memory.values().removeIf(it -> it.stored().session().tenantId().equals(Optional.of(tenantId)));
  }

  int forgetEnded(Connection connection) throws SQLException {
    return SessionStore.forgetEnded(connection, clock.instant(), config.policy());
  }

  private Optional<SessionStore.Stored> read(Connection connection, String token, Instant now)
      throws SQLException {
    byte[] digest = OpaqueToken.digest(token);
    Optional<SessionStore.Stored> stored = SessionStore.find(connection, digest, config.policy());
    if (stored.isPresent() && isNews(stored.get(), now)) {
      SessionStore.seen(connection, stored.get().session().id(), now);
      return SessionStore.find(connection, digest, config.policy());
    }
    return stored;
  }

  /** Whether a use at {@code now} is worth writing down. */
  private static boolean isNews(SessionStore.Stored stored, Instant now) {
    return stored.endsAt().isAfter(now)
        && !stored.session().lastSeenAt().plus(SEEN_EVERY).isAfter(now);
  }

  private void remember(String token, Remembered remembered) {
    if (memory.size() >= MOST_REMEMBERED) {
      Instant old = remembered.readAt().minus(MEMORY);
      memory.values().removeIf(it -> !it.readAt().isAfter(old));
    }
    if (memory.size() < MOST_REMEMBERED) {
      memory.put(token, remembered);
    }
  }

  private void forgetHere(UUID accountId) {
    memory.values().removeIf(it -> it.stored().session().accountId().equals(accountId));
  }
}
