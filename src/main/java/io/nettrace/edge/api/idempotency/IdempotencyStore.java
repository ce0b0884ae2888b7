package io.nettrace.edge.api.idempotency;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Which calls are being done and which were, and what came of them: the table
 * platform.idempotency_keys.
 */
@Service
public class IdempotencyStore {
  /** How long an answer is kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** So long after its claim a call that has no answer is taken for one whose node died. */
  public static final Duration CLAIM_LIFE = Duration.ofSeconds(60);

  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
  private static final int ATTEMPTS = 5;

  // one statement: of many who come at once, one gets a row
  private static final Sql CLAIM =
      Sql.of(
          """
          insert into platform.idempotency_keys as known (name, tenant_id, fingerprint, claim,
            claimed_at)
          values (:name, :tenant_id, :fingerprint, :claim, :claimed_at)
          on conflict (name) do update set fingerprint = excluded.fingerprint, claim = excluded.claim,
            claimed_at = excluded.claimed_at, status = null, media_type = null, location = null,
            tag = null, body = null
          where known.claimed_at <= :kept_since or known.status is null and known.claimed_at <= :claims_since
          returning claim
          """);
  private static final Sql READ =
      Sql.of(
          """
          select fingerprint, status, media_type, location, tag, body
          from platform.idempotency_keys where name = :name
          """);
  private static final Sql FINISH =
      Sql.of(
          """
          update platform.idempotency_keys
          set status = :status, media_type = :media_type, location = :location, tag = :tag, body = :body
          where name = :name and claim = :claim
          """);
  private static final Sql RELEASE =
      Sql.of("delete from platform.idempotency_keys where name = :name and claim = :claim");
  private static final Sql FORGET =
      Sql.of("delete from platform.idempotency_keys where claimed_at <= :before");

  private final Database database;
  private final Chores chores;
  private final Clock clock;

  @Inject
  IdempotencyStore(Database database, Chores chores, Clock clock) {
    this.database = database;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(FORGET_EVERY, "forgetting idempotency keys", this::forgetOld);
  }

  /** Whether the caller is to do the call, or what is to be said instead. */
  Claim claim(KeyedCall call) {
    return database.run(
        connection -> {
          for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Claim> outcome = insert(connection, call);
            if (outcome.isEmpty()) {
              outcome = read(connection, call);
            }
            if (outcome.isPresent()) {
              return outcome.get();
            }
            // given back between the two statements: free again
          }
          return new Claim.Running();
        });
  }

  /** Keeps the answer of a call that was claimed, unless somebody else has the claim by now. */
  void finish(KeyedCall call, UUID claim, StoredAnswer answer) {
    Sql update =
        FINISH
            .bind("status", answer.status())
            .bind("media_type", answer.mediaType())
            .bind("location", answer.location())
            .bind("tag", answer.tag())
            .bind("body", SealedBody.seal(call.derived(), answer.body()))
            .bind("name", call.derived().name())
            .bind("claim", claim);
    int _ = database.run(update::update);
  }

  /** The key is free again, as if the call had not come. */
  void release(KeyedCall call, UUID claim) {
    int _ = database.run(RELEASE.bind("name", call.derived().name()).bind("claim", claim)::update);
  }

  /** Those whose time is over. */
  void forgetOld() {
    int _ = database.run(FORGET.bind("before", clock.instant().minus(KEPT))::update);
  }

  private Optional<Claim> insert(Connection connection, KeyedCall call) throws SQLException {
    Instant now = clock.instant();
    return CLAIM
        .bind("name", call.derived().name())
        .bind("tenant_id", call.tenantId())
        .bind("fingerprint", call.fingerprint())
        .bind("claim", UUID.randomUUID())
        .bind("claimed_at", now)
        .bind("kept_since", now.minus(KEPT))
        .bind("claims_since", now.minus(CLAIM_LIFE))
        .first(connection, row -> new Claim.Granted(row.getObject(1, UUID.class)));
  }

  private static Optional<Claim> read(Connection connection, KeyedCall call) throws SQLException {
    return READ.bind("name", call.derived().name()).first(connection, row -> known(row, call));
  }

  private static Claim known(ResultSet row, KeyedCall call) throws SQLException {
    if (!Arrays.equals(row.getBytes("fingerprint"), call.fingerprint())) {
      return new Claim.OtherCall();
    }
    byte[] sealed = row.getBytes("body");
    return sealed == null
        ? new Claim.Running()
        : new Claim.Finished(
            new StoredAnswer(
                row.getInt("status"),
                Optional.ofNullable(row.getString("media_type")),
                Optional.ofNullable(row.getString("location")),
                Optional.ofNullable(row.getString("tag")),
                SealedBody.open(call.derived(), sealed)));
  }
}
