package io.nettrace.identity;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table platform.accounts. */
final class AccountStore {
  private static final String COLUMNS =
      "select id, email, name, created_at, verified_at, password_hash, password_stands_alone"
          + " from platform.accounts ";
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.accounts (id, email, email_key, name, created_at, verified_at,
            password_hash, password_stands_alone, password_changed_at)
          values (:id, :email, :email_key, :name, :created_at, :verified_at, :password_hash,
            :password_stands_alone, :password_changed_at) on conflict (email_key) do nothing
          """);
  private static final Sql SET_PASSWORD =
      Sql.of(
          """
          update platform.accounts
          set password_hash = :password_hash, password_stands_alone = :password_stands_alone,
            password_changed_at = :password_changed_at where id = :id
          """);
  private static final Sql REHASH =
      Sql.of(
          "update platform.accounts set password_hash = :password_hash where id = :id and"
              + " password_hash = :old");
  private static final Sql SET_EMAIL =
      Sql.of(
          """
          update platform.accounts set email = :email, email_key = :email_key where id = :id
            and not exists (select 1 from platform.accounts o where o.email_key = :email_key
              and o.id <> :id)
          """);

  private AccountStore() {}

  /** False when somebody has the address already. */
  static boolean add(Connection transaction, Account account, PasswordHash password)
      throws SQLException {
    return ADD.bind("id", account.id())
            .bind("email", account.email().text())
            .bind("email_key", account.email().key())
            .bind("name", account.name().text())
            .bind("created_at", account.createdAt())
            .bind(
                "verified_at",
                account.verified() ? Optional.of(account.createdAt()) : Optional.empty())
            .bind("password_hash", password.text())
            .bind("password_stands_alone", password.standsAlone())
            .bind("password_changed_at", account.createdAt())
            .update(transaction)
        == 1;
  }

  static Optional<StoredAccount> find(Connection connection, UUID id) throws SQLException {
    return Sql.of(COLUMNS + "where id = :id")
        .bind("id", id)
        .first(connection, AccountStore::account);
  }

  /** The same, and nobody changes it until the transaction ends. */
  static Optional<StoredAccount> lock(Connection transaction, UUID id) throws SQLException {
    return Sql.of(COLUMNS + "where id = :id for update")
        .bind("id", id)
        .first(transaction, AccountStore::account);
  }

  static Optional<StoredAccount> find(Connection connection, EmailAddress email)
      throws SQLException {
    return Sql.of(COLUMNS + "where email_key = :email_key")
        .bind("email_key", email.key())
        .first(connection, AccountStore::account);
  }

  static void setPassword(Connection transaction, UUID id, PasswordHash password, Instant now)
      throws SQLException {
    SET_PASSWORD
        .bind("password_hash", password.text())
        .bind("password_stands_alone", password.standsAlone())
        .bind("password_changed_at", now)
        .bind("id", id)
        .update(transaction);
  }

  /** The same password under newer parameters; not if it was changed meanwhile. */
  static int rehash(Connection connection, UUID id, PasswordHash old, PasswordHash fresh)
      throws SQLException {
    return REHASH
        .bind("password_hash", fresh.text())
        .bind("id", id)
        .bind("old", old.text())
        .update(connection);
  }

  /** False when somebody else has the address. */
  static boolean setEmail(Connection transaction, UUID id, EmailAddress email) throws SQLException {
    return SET_EMAIL
            .bind("email", email.text())
            .bind("email_key", email.key())
            .bind("id", id)
            .update(transaction)
        == 1;
  }

  static boolean rename(Connection connection, UUID id, PersonName name) throws SQLException {
    return Sql.of("update platform.accounts set name = :name where id = :id")
            .bind("name", name.text())
            .bind("id", id)
            .update(connection)
        == 1;
  }

  static void verify(Connection transaction, UUID id, Instant now) throws SQLException {
    Sql.of(
            "update platform.accounts set verified_at = :verified_at where id = :id and verified_at"
                + " is null")
        .bind("verified_at", now)
        .bind("id", id)
        .update(transaction);
  }

  /** With everything that hangs on it: sessions, factors, tokens. */
  static void remove(Connection transaction, UUID id) throws SQLException {
    Sql.of("delete from platform.accounts where id = :id").bind("id", id).update(transaction);
  }

  private static StoredAccount account(ResultSet row) throws SQLException {
    return new StoredAccount(
        new Account(
            row.getObject("id", UUID.class),
            new EmailAddress(row.getString("email")),
            new PersonName(row.getString("name")),
            Columns.time(row, "created_at"),
            Columns.optionalTime(row, "verified_at").isPresent()),
        new PasswordHash(row.getString("password_hash"), row.getBoolean("password_stands_alone")));
  }
}
