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

  private static final String ADD =
      """
      insert into platform.outbox_mails
        (id, tenant_id, recipient, subject, body, written_at, due_at, attempts)
      values (?, ?, ?, ?, ?, ?, ?, 0)
      """;
  private static final String CLAIM_NEXT =
      """
      update platform.outbox_mails set attempts = attempts + 1, due_at = ?
      where id = (
        select id from platform.outbox_mails
        where sent_at is null and failed_at is null and due_at <= ?
        order by due_at limit 1 for update skip locked)
      returning id, recipient, subject, body, written_at, attempts
      """;
  private static final String WAITING =
      """
      select count(*) as letters, min(written_at) as oldest
      from platform.outbox_mails where sent_at is null and failed_at is null
      """;
  private static final String SENT =
      "update platform.outbox_mails set sent_at = ?, body = '', failure = null where id = ?";
  private static final String LATER =
      "update platform.outbox_mails set due_at = ?, failure = ? where id = ?";
  private static final String GIVEN_UP =
      "update platform.outbox_mails set failed_at = ?, failure = ?, body = '' where id = ?";

  private OutboxStore() {}

  static void add(Connection transaction, UUID id, Optional<UUID> tenantId, Mail mail, Instant now)
      throws SQLException {
    Sql.of(ADD, id, tenantId, mail.to(), mail.subject(), mail.text(), now, now).update(transaction);
  }

  /** The letter that waits longest, for this node alone until the claim runs out. */
  static Optional<Letter> claim(Connection connection, Instant now) throws SQLException {
    return Sql.of(CLAIM_NEXT, now.plus(CLAIM), now)
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
    return Sql.of(WAITING)
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
    return Sql.of(SENT, now, id).update(connection);
  }

  static int later(Connection connection, UUID id, String failure, Instant due)
      throws SQLException {
    return Sql.of(LATER, due, failure, id).update(connection);
  }

  static int giveUp(Connection connection, UUID id, String failure, Instant now)
      throws SQLException {
    return Sql.of(GIVEN_UP, now, failure, id).update(connection);
  }

  static int forgetOld(Connection connection, Instant now) throws SQLException {
    return Sql.of(
            "delete from platform.outbox_mails where sent_at < ? or failed_at < ?",
            now.minus(KEEP_SENT),
            now.minus(KEEP_FAILED))
        .update(connection);
  }

  static void forgetRecipient(Connection transaction, String to) throws SQLException {
    Sql.of("delete from platform.outbox_mails where recipient = ?", to).update(transaction);
  }

  static void forgetTenant(Connection transaction, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.outbox_mails where tenant_id = ?", tenantId).update(transaction);
    Sql.of("update platform.letters set tenant_id = null where tenant_id = ?", tenantId)
        .update(transaction);
  }
}
