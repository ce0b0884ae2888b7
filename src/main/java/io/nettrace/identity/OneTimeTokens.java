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

  private static final String ISSUE =
      """
      insert into platform.one_time_tokens
        (hash, purpose, account_id, tenant_id, payload, created_at, expires_at)
      values (?, ?, ?, ?, ?::jsonb, ?, ?)
      """;
  private static final String CONSUME =
      """
      update platform.one_time_tokens set consumed_at = ?
      where hash = ? and purpose = ? and consumed_at is null and expires_at > ?
      returning account_id, tenant_id, payload
      """;
  private static final String PEEK =
      """
      select account_id, tenant_id, payload, expires_at, consumed_at
      from platform.one_time_tokens where hash = ? and purpose = ?
      """;
  private static final String WITHDRAW =
      """
      delete from platform.one_time_tokens
      where account_id = ? and purpose = ? and consumed_at is null
      """;
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
    Sql.of(
            ISSUE,
            OpaqueToken.digest(token),
            purpose,
            accountId,
            tenantId,
            json(payload),
            now,
            now.plus(purpose.life()))
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
        Sql.of(CONSUME, now, OpaqueToken.digest(token), purpose, now)
            .first(tx.connection(), OneTimeTokens::valid);
    return consumed.isPresent() ? consumed.get() : peek(tx, purpose, token);
  }

  /** What it is worth now, without using it up. */
  public TokenVerdict peek(Tx tx, TokenPurpose purpose, String token) throws SQLException {
    if (!OpaqueToken.isWellFormed(token)) {
      return new TokenVerdict.Unknown();
    }
    Instant now = clock.instant();
    return Sql.of(PEEK, OpaqueToken.digest(token), purpose)
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
    Sql.of(WITHDRAW, accountId, purpose).update(tx.connection());
  }

  int forgetOld(Connection connection) throws SQLException {
    return Sql.of(
            "delete from platform.one_time_tokens where expires_at < ?",
            clock.instant().minus(REMEMBER))
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
