package io.nettrace.platform.mail;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table platform.outbox_mails. */
final class OutboxStore {
  private static final Duration KEEP_SENT = Duration.ofDays(1);
  private static final Duration KEEP_FAILED = Duration.ofDays(30);

  /** So long a letter that was given up can be tried again. */
  static final Duration KEEP_FAILED_TEXT = Duration.ofDays(7);

  /** Jobs send letters; the old queue's times say only which letters it left. */
  private static final String NOT_QUEUED = "'infinity'";

  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.outbox_mails
            (id, tenant_id, recipient, subject, body, written_at, due_at, attempts)
          values (:id, :tenant_id, :recipient, :subject, :body, :written_at, %s, 0)
          """
              .formatted(NOT_QUEUED));
  private static final Sql TAKE_OVER =
      Sql.of(
          """
          with queued as (
            select id, due_at from platform.outbox_mails
            where sent_at is null and failed_at is null and due_at < %1$s for update)
          update platform.outbox_mails m set due_at = %1$s from queued q where q.id = m.id
          returning m.id, m.tenant_id, q.due_at
          """
              .formatted(NOT_QUEUED));
  private static final Sql UNSENT =
      Sql.of(
          """
          select id, recipient, subject, body, written_at from platform.outbox_mails
          where id = :id and sent_at is null
          """);
  private static final Sql SENT =
      Sql.of(
          "update platform.outbox_mails set sent_at = :sent_at, failed_at = null, body = '',"
              + " failure = null where id = :id");
  private static final Sql GIVEN_UP =
      Sql.of(
          "update platform.outbox_mails set failed_at = :failed_at, failure = :failure where id ="
              + " :id and sent_at is null");
  private static final Sql DROPPED =
      Sql.of(
          "update platform.outbox_mails set failed_at = :failed_at, body = '', failure ="
              + " coalesce(failure, 'dropped by an operator') where id = :id and sent_at is null");
  private static final Sql WIPE =
      Sql.of("update platform.outbox_mails set body = '' where failed_at < :before and body <> ''");
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
        .update(transaction);
  }

  /** A letter of the old queue. */
  record Left(UUID id, Optional<UUID> tenantId, Instant due) {}

  /** Takes all letters out of the old queue. */
  static List<Left> takeOver(Connection transaction) throws SQLException {
    return TAKE_OVER.all(
        transaction,
        row ->
            new Left(
                Columns.uuid(row, "id"),
                Columns.optionalUuid(row, "tenant_id"),
                Columns.time(row, "due_at")));
  }

  /** The letter, unless it was sent or is no longer there. */
  static Optional<Letter> unsent(Connection connection, UUID id) throws SQLException {
    return UNSENT
        .bind("id", id)
        .first(
            connection,
            row ->
                new Letter(
                    Columns.uuid(row, "id"),
                    new Mail(
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body")),
                    Columns.time(row, "written_at")));
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

  static int giveUp(Connection connection, UUID id, String failure, Instant now)
      throws SQLException {
    return GIVEN_UP
        .bind("failed_at", now)
        .bind("failure", failure)
        .bind("id", id)
        .update(connection);
  }

  /** It will not be sent, and so its text is of no use. */
  static int drop(Connection connection, UUID id, Instant now) throws SQLException {
    return DROPPED.bind("failed_at", now).bind("id", id).update(connection);
  }

  static int forgetOld(Connection connection, Instant now) throws SQLException {
    int _ = WIPE.bind("before", now.minus(KEEP_FAILED_TEXT)).update(connection);
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
