package io.nettrace.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tokens that are good for one thing, once, for a while. */
@Service
public class OneTimeTokens {
  /** So long it is still known that a token was used or ran out. */
  private static final Duration REMEMBER = Duration.ofDays(7);

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, String>> PAYLOAD = new TypeReference<>() {};

  private static final Sql ISSUE =
      Sql.of(
          """
          insert into platform.one_time_tokens
            (hash, purpose, account_id, tenant_id, payload, created_at, expires_at)
          values (:hash, :purpose, :account_id, :tenant_id, :payload::jsonb, :created_at, :expires_at)
          """);
  private static final Sql CONSUME =
      Sql.of(
          """
          update platform.one_time_tokens set consumed_at = :consumed_at
          where hash = :hash and purpose = :purpose and consumed_at is null and expires_at > :now
          returning account_id, tenant_id, payload
          """);
  private static final Sql PEEK =
      Sql.of(
          """
          select account_id, tenant_id, payload, expires_at, consumed_at
          from platform.one_time_tokens where hash = :hash and purpose = :purpose
          """);
  private static final Sql WITHDRAW =
      Sql.of(
          """
          delete from platform.one_time_tokens
          where account_id = :account_id and purpose = :purpose and consumed_at is null
          """);
  private final Clock clock;

  @Inject
  public OneTimeTokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * A new token. It is known to whoever gets the returned text, and to nobody else.
   *
   * @param accountId whose it is, if there is an account already
   * @param tenantId with which tenant it is forgotten
   */
  public String issue(
      Tx tx,
      TokenPurpose purpose,
      Optional<UUID> accountId,
      Optional<UUID> tenantId,
      Map<String, String> payload)
      throws SQLException {
    String token = OpaqueToken.random();
    Instant now = clock.instant();
    ISSUE
        .bind("hash", OpaqueToken.digest(token))
        .bind("purpose", purpose)
        .bind("account_id", accountId)
        .bind("tenant_id", tenantId)
        .bind("payload", json(payload))
        .bind("created_at", now)
        .bind("expires_at", now.plus(purpose.life()))
        .update(tx.connection());
    return token;
  }

  /** Uses it up. Of any number of callers at once, one gets {@link TokenVerdict.Valid}. */
  public TokenVerdict consume(Tx tx, TokenPurpose purpose, String token) throws SQLException {
    if (!OpaqueToken.isWellFormed(token)) {
      return new TokenVerdict.Unknown();
    }
    Instant now = clock.instant();
    Optional<TokenVerdict> consumed =
        CONSUME
            .bind("consumed_at", now)
            .bind("hash", OpaqueToken.digest(token))
            .bind("purpose", purpose)
            .bind("now", now)
            .first(tx.connection(), OneTimeTokens::valid);
    return consumed.isPresent() ? consumed.get() : peek(tx, purpose, token);
  }

  /** What it is worth now, without using it up. */
  public TokenVerdict peek(Tx tx, TokenPurpose purpose, String token) throws SQLException {
    if (!OpaqueToken.isWellFormed(token)) {
      return new TokenVerdict.Unknown();
    }
    Instant now = clock.instant();
    return PEEK.bind("hash", OpaqueToken.digest(token))
        .bind("purpose", purpose)
        .first(
            tx.connection(),
            row -> {
              if (Columns.optionalTime(row, "consumed_at").isPresent()) {
                return new TokenVerdict.Used();
              }
              return Columns.time(row, "expires_at").isAfter(now)
                  ? valid(row)
                  : new TokenVerdict.Expired();
            })
        .orElseGet(TokenVerdict.Unknown::new);
  }

  /** Makes all unused tokens of a person for {@code purpose} worthless. */
  public void withdraw(Tx tx, TokenPurpose purpose, UUID accountId) throws SQLException {
    WITHDRAW.bind("account_id", accountId).bind("purpose", purpose).update(tx.connection());
  }

  int forgetOld(Connection connection) throws SQLException {
    return Sql.of("delete from platform.one_time_tokens where expires_at < :before")
        .bind("before", clock.instant().minus(REMEMBER))
        .update(connection);
  }

  private static TokenVerdict valid(ResultSet row) throws SQLException {
    return new TokenVerdict.Valid(
        Optional.ofNullable(row.getObject("account_id", UUID.class)),
        Optional.ofNullable(row.getObject("tenant_id", UUID.class)),
        payload(row.getString("payload")));
  }

  private static String json(Map<String, String> payload) {
    try {
      return JSON.writeValueAsString(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of text is always JSON", e);
    }
  }

  private static Map<String, String> payload(String json) {
    try {
      return JSON.readValue(json, PAYLOAD);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a payload is what issue() wrote", e);
    }
  }
}
