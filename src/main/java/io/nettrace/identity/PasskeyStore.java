package io.nettrace.identity;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table platform.passkeys. */
final class PasskeyStore {
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.passkeys (id, account_id, name, credential_id, credential, sign_count,
            backup_eligible, backed_up, created_at)
          values (:id, :account_id, :name, :credential_id, :credential, :sign_count, :backup_eligible,
            :backed_up, :created_at) on conflict (credential_id) do nothing
          """);
  private static final Sql LOCK =
      Sql.of(
          """
          select id, account_id, credential, sign_count, backup_eligible, backed_up
          from platform.passkeys where credential_id = :credential_id for update
          """);

  private PasskeyStore() {}

  /** A passkey as its answers are verified against it. */
  @SuppressWarnings("ArrayRecordComponent") // rows are not compared
  record Stored(
      UUID id,
      UUID accountId,
      byte[] credential,
      long signCount,
      boolean backupEligible,
      boolean backedUp) {}

  /** False when the credential is registered already. */
  static boolean add(
      Connection transaction, Stored passkey, byte[] credentialId, String name, Instant now)
      throws SQLException {
    return ADD.bind("id", passkey.id())
            .bind("account_id", passkey.accountId())
            .bind("name", name)
            .bind("credential_id", credentialId)
            .bind("credential", passkey.credential())
            .bind("sign_count", passkey.signCount())
            .bind("backup_eligible", passkey.backupEligible())
            .bind("backed_up", passkey.backedUp())
            .bind("created_at", now)
            .update(transaction)
        == 1;
  }

  /** Nobody else verifies an answer of it until the transaction ends: its counter only grows. */
  static Optional<Stored> lock(Connection transaction, byte[] credentialId) throws SQLException {
    return LOCK.bind("credential_id", credentialId)
        .first(
            transaction,
            row ->
                new Stored(
                    row.getObject("id", UUID.class),
                    row.getObject("account_id", UUID.class),
                    row.getBytes("credential"),
                    row.getLong("sign_count"),
                    row.getBoolean("backup_eligible"),
                    row.getBoolean("backed_up")));
  }

  static void used(Connection transaction, UUID id, long signCount, boolean backedUp, Instant now)
      throws SQLException {
    Sql.of(
            "update platform.passkeys set sign_count = :sign_count, backed_up = :backed_up,"
                + " last_used_at = :last_used_at where id = :id")
        .bind("sign_count", signCount)
        .bind("backed_up", backedUp)
        .bind("last_used_at", now)
        .bind("id", id)
        .update(transaction);
  }

  static boolean remove(Connection transaction, UUID accountId, UUID id) throws SQLException {
    return Sql.of("delete from platform.passkeys where account_id = :account_id and id = :id")
            .bind("account_id", accountId)
            .bind("id", id)
            .update(transaction)
        == 1;
  }

  static List<Passkey> list(Connection connection, UUID accountId) throws SQLException {
    return Sql.of(
            "select id, name, backed_up, created_at, last_used_at from platform.passkeys"
                + " where account_id = :account_id order by id")
        .bind("account_id", accountId)
        .all(
            connection,
            row ->
                new Passkey(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getBoolean("backed_up"),
                    Columns.time(row, "created_at"),
                    Columns.optionalTime(row, "last_used_at")));
  }

  static List<byte[]> credentialIds(Connection connection, UUID accountId) throws SQLException {
    return Sql.of("select credential_id from platform.passkeys where account_id = :account_id")
        .bind("account_id", accountId)
        .all(connection, row -> row.getBytes("credential_id"));
  }
}
