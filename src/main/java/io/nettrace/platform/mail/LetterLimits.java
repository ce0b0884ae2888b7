package io.nettrace.platform.mail;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.web.ClientNetworks;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rate limiter of letters, counted in the database over all nodes. Letters without the recipient's
 * agreement are counted under one lock, so that many at once are no way around the limit; agreed
 * ones are counted without, and may exceed their bound by as many as are written at the same time.
 */
@Service
class LetterLimits {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration KEEP_HELD = Duration.ofDays(7);
  private static final Duration KEEP_BLOCK_LINKS = Duration.ofDays(400);
  private static final long LOCK = 0x6c65_7474_6572L;

  private static final Sql COUNT_UNAGREED =
      Sql.of(
          """
          select
            count(*) filter (where recipient = :recipient and written_at > :hour_ago) as recipient_hour,
            count(*) filter (where recipient = :recipient) as recipient_day,
            count(*) filter (where tenant_id = :tenant_id::uuid) as tenant,
            count(*) filter (where source = :network::text and written_at > :hour_ago) as source,
            count(*) filter (where written_at > :hour_ago) as installation
          from platform.letters where held is null and written_at > :day_ago
            and purpose in ('SIGN_UP', 'INVITATION', 'NEW_ADDRESS')
          """);
  private static final Sql COUNT_AGREED =
      Sql.of(
          """
          select count(*) filter (where written_at > :hour_ago) as recipient_hour,
            count(*) as recipient_day
          from platform.letters
          where recipient = :recipient and purpose = :purpose and held is null
            and written_at > :day_ago
          """);
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.letters
            (recipient, purpose, tenant_id, source, written_at, held, block_hash)
          values (:recipient, :purpose, :tenant_id, :source, :written_at, :held, :block_hash)
          """);
  private static final Sql HELD =
      Sql.of(
          """
          select purpose, held, count(*) as letters, max(written_at) as last from platform.letters
          where held is not null and written_at > :since
            and (:recipient::bytea is null or recipient = :recipient)
          group by purpose, held order by purpose, held
          """);
  private static final Sql FORGET =
      Sql.of(
          """
          delete from platform.letters
          where written_at < :before and (block_hash is null or written_at < :links_before)
          """);

  private final MailConfig config;

  @Inject
  LetterLimits(MailConfig config) {
    this.config = config;
  }

  /** Why the letter must wait for ever; empty when it may go. */
  Optional<HeldWhy> refusal(
      Connection transaction, Occasion occasion, byte[] recipient, Instant now)
      throws SQLException {
    if (occasion.purpose().agreed()) {
      return COUNT_AGREED
          .bind("hour_ago", now.minus(HOUR))
          .bind("recipient", recipient)
          .bind("purpose", occasion.purpose())
          .bind("day_ago", now.minus(DAY))
          .first(transaction, row -> recipient(row, occasion.purpose()))
          .orElseThrow();
    }
    boolean _ = Sql.of("select pg_advisory_xact_lock(:lock)").bind("lock", LOCK).any(transaction);
    if (Sql.of("select 1 from platform.blocked_recipients where recipient = :recipient")
        .bind("recipient", recipient)
        .any(transaction)) {
      return Optional.of(HeldWhy.BLOCKED);
    }
    return COUNT_UNAGREED
        .bind("recipient", recipient)
        .bind("tenant_id", occasion.tenantId())
        .bind("network", network(occasion))
        .bind("hour_ago", now.minus(HOUR))
        .bind("day_ago", now.minus(DAY))
        .first(transaction, row -> unagreed(row, occasion.purpose()))
        .orElseThrow();
  }

  void note(
      Connection transaction,
      Occasion occasion,
      byte[] recipient,
      Optional<HeldWhy> held,
      Optional<String> blockToken,
      Instant now)
      throws SQLException {
    ADD.bind("recipient", recipient)
        .bind("purpose", occasion.purpose())
        .bind("tenant_id", occasion.tenantId())
        .bind("source", network(occasion))
        .bind("written_at", now)
        .bind("held", held)
        .bind("block_hash", blockToken.map(Recipients::sha256))
        .update(transaction);
  }

  /** Held letters of the last seven days; of all recipients when {@code recipient} is empty. */
  static List<Held> held(Connection connection, Optional<byte[]> recipient, Instant now)
      throws SQLException {
    return HELD.bind("since", now.minus(KEEP_HELD))
        .bind("recipient", recipient)
        .all(
            connection,
            row ->
                new Held(
                    Purpose.valueOf(row.getString("purpose")),
                    HeldWhy.valueOf(row.getString("held")),
                    row.getLong("letters"),
                    Columns.time(row, "last")));
  }

  static int forgetOld(Connection connection, Instant now) throws SQLException {
    Sql.of(
            "update platform.letters set source = null, tenant_id = null where written_at <"
                + " :written_at and (source is not null or tenant_id is not null)")
        .bind("written_at", now.minus(DAY))
        .update(connection);
    return FORGET
        .bind("before", now.minus(KEEP_HELD))
        .bind("links_before", now.minus(KEEP_BLOCK_LINKS))
        .update(connection);
  }

  private static Optional<String> network(Occasion occasion) {
    return occasion.source().map(ClientNetworks::of);
  }

  private static Optional<HeldWhy> recipient(ResultSet row, Purpose purpose) throws SQLException {
    if (row.getLong("recipient_hour") >= purpose.mostPerHour()) {
      return Optional.of(HeldWhy.RECIPIENT_HOUR);
    }
    return row.getLong("recipient_day") >= purpose.mostPerDay()
        ? Optional.of(HeldWhy.RECIPIENT_DAY)
        : Optional.empty();
  }

  private Optional<HeldWhy> unagreed(ResultSet row, Purpose purpose) throws SQLException {
    Optional<HeldWhy> ofRecipient = recipient(row, purpose);
    if (ofRecipient.isPresent()) {
      return ofRecipient;
    }
    if (row.getLong("tenant") >= config.mostOfTenant()) {
      return Optional.of(HeldWhy.TENANT);
    }
    if (row.getLong("source") >= config.mostOfSource()) {
      return Optional.of(HeldWhy.SOURCE);
    }
    return row.getLong("installation") >= config.mostOfInstallation()
        ? Optional.of(HeldWhy.INSTALLATION)
        : Optional.empty();
  }
}
