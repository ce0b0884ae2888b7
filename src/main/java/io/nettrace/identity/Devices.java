package io.nettrace.identity;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Known devices: browsers from which a person has signed in, told by a cookie. Their failures are
 * counted apart, so that strangers who guess cannot lock the person out there.
 */
@Service
class Devices {
  /** Origin of attempts from devices that are not known, all together. */
  static final String UNKNOWN = "";

  static final int MOST_OF_ACCOUNT = 20;
  private static final Duration KEEP = Duration.ofDays(180);
  private static final Sql KNOWN =
      Sql.of(
          """
          select 1 from platform.known_devices d join platform.accounts a on a.id = d.account_id
          where a.email_key = :email_key and d.hash = :hash
          """);
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.known_devices (account_id, hash, seen_at) values (:account_id, :hash,
            :seen_at)
          on conflict (account_id, hash) do update set seen_at = excluded.seen_at
          """);
  private static final Sql FORGET_MOST =
      Sql.of(
          """
          delete from platform.known_devices where account_id = :account_id and hash not in (
            select hash from platform.known_devices where account_id = :account_id
              order by seen_at desc limit :limit)
          """);

  private final Clock clock;

  @Inject
  Devices(Clock clock) {
    this.clock = clock;
  }

  /** By what failures from the visitor's device are counted for an e-mail address. */
  String origin(Connection connection, String emailKey, Visitor visitor) throws SQLException {
    if (visitor.device().isEmpty()) {
      return UNKNOWN;
    }
    byte[] hash = OpaqueToken.digest(visitor.device().get());
    return KNOWN.bind("email_key", emailKey).bind("hash", hash).any(connection)
        ? "device " + HexFormat.of().formatHex(hash)
        : UNKNOWN;
  }

  /** The person signed in there; returns the token for a browser that had none of ours. */
  Optional<String> remember(Connection transaction, UUID accountId, Visitor visitor)
      throws SQLException {
    Instant now = clock.instant();
    Optional<String> ours = Optional.empty();
    if (visitor.device().isPresent()
        && Sql.of("select 1 from platform.known_devices where hash = :hash")
            .bind("hash", OpaqueToken.digest(visitor.device().get()))
            .any(transaction)) {
      ours = visitor.device();
    }
    String token = ours.orElseGet(OpaqueToken::random);
    ADD.bind("account_id", accountId)
        .bind("hash", OpaqueToken.digest(token))
        .bind("seen_at", now)
        .update(transaction);
    FORGET_MOST.bind("account_id", accountId).bind("limit", MOST_OF_ACCOUNT).update(transaction);
    return ours.isPresent() ? Optional.empty() : Optional.of(token);
  }

  int forgetOld(Connection connection) throws SQLException {
    return Sql.of("delete from platform.known_devices where seen_at < :before")
        .bind("before", clock.instant().minus(KEEP))
        .update(connection);
  }
}
