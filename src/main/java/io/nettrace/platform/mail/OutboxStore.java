package io.nettrace.platform.mail;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** The table platform.outbox_mails. */
final class OutboxStore {
  /** Until another node may take a letter whose courier fell silent. */
  static final Duration CLAIM = Duration.ofMinutes(2);

  private static final Duration KEEP_SENT = Duration.ofDays(1);
  private static final Duration KEEP_FAILED = Duration.ofDays(30);

  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.outbox_mails
            (id, tenant_id, recipient, subject, body, written_at, due_at, attempts)
          values (:id, :tenant_id, :recipient, :subject, :body, :written_at, :due_at, 0)
          """);
  private static final Sql CLAIM_NEXT =
      Sql.of(
          """
          update platform.outbox_mails set attempts = attempts + 1, due_at = :due_at
          where id = (
            select id from platform.outbox_mails
            where sent_at is null and failed_at is null and due_at <= :now
            order by due_at limit 1 for update skip locked)
          returning id, recipient, subject, body, written_at, attempts
          """);
  private static final Sql SENT =
      Sql.of(
          "update platform.outbox_mails set sent_at = :sent_at, body = '', failure = null where id"
              + " = :id");
  private static final Sql LATER =
      Sql.of(
          "update platform.outbox_mails set due_at = :due_at, failure = :failure where id = :id");
  private static final Sql GIVEN_UP =
      Sql.of(
          "update platform.outbox_mails set failed_at = :failed_at, failure = :failure, body = ''"
              + " where id = :id");
  private static final Sql WAITING =
      Sql.of(
          """
          select count(*) as letters, min(written_at) as oldest
          from platform.outbox_mails where sent_at is null and failed_at is null
          """);

  private OutboxStore() {}

  static void add(Connection transaction, UUID id, Optional<UUID> tenantId, Mail mail, Instant now)
      throws SQLException {
    ADD.bind("id", id)
        .bind("tenant_id", tenantId)
        .bind("recipient", mail.to())
        .bind("subject", mail.subject())
        .bind("body", mail.text())
        .bind("written_at", now)
        .bind("due_at", now)
        .update(transaction);
  }

  /** The letter that waits longest, for this node alone until the claim runs out. */
  static Optional<Letter> claim(Connection connection, Instant now) throws SQLException {
    return CLAIM_NEXT
        .bind("due_at", now.plus(CLAIM))
        .bind("now", now)
        .first(
            connection,
            row ->
                new Letter(
                    row.getObject("id", UUID.class),
                    new Mail(
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body")),
                    Columns.time(row, "written_at"),
                    row.getInt("attempts")));
  }

  static Outbox.Waiting waiting(Connection connection) throws SQLException {
    return WAITING
        .first(
            connection,
            row ->
                new Outbox.Waiting(
                    row.getInt("letters"),
                    Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
        .orElseThrow();
  }

  static int sent(Connection connection, UUID id, Instant now) throws SQLException {
    return SENT.bind("sent_at", now).bind("id", id).update(connection);
  }

  static int later(Connection connection, UUID id, String failure, Instant due)
      throws SQLException {
    return LATER.bind("due_at", due).bind("failure", failure).bind("id", id).update(connection);
  }

  static int giveUp(Connection connection, UUID id, String failure, Instant now)
      throws SQLException {
    return GIVEN_UP
        .bind("failed_at", now)
        .bind("failure", failure)
        .bind("id", id)
        .update(connection);
  }

  static int forgetOld(Connection connection, Instant now) throws SQLException {
    return Sql.of(
            "delete from platform.outbox_mails where sent_at < :sent_at or failed_at < :failed_at")
        .bind("sent_at", now.minus(KEEP_SENT))
        .bind("failed_at", now.minus(KEEP_FAILED))
        .update(connection);
  }

  static void forgetRecipient(Connection transaction, String to) throws SQLException {
    Sql.of("delete from platform.outbox_mails where recipient = :recipient")
        .bind("recipient", to)
        .update(transaction);
  }

  static void forgetTenant(Connection transaction, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.outbox_mails where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(transaction);
    Sql.of("update platform.letters set tenant_id = null where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(transaction);
  }
}
