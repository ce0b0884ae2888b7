package io.nettrace.identity;

import io.nettrace.platform.Tx;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table platform.accounts. */
final class AccountStore {
  private static final String ADD =
      """
      insert into Account (id, email, emailKey, name, createdAt, verifiedAt, passwordHash,
        passwordStandsAlone, passwordChangedAt)
      values (:id, :email, :emailKey, :name, :createdAt, :verifiedAt, :passwordHash,
        :passwordStandsAlone, :createdAt)
      on conflict (emailKey) do nothing
      """;
  private static final String REHASH =
      "update Account set passwordHash = :fresh where id = :id and passwordHash = :old";

  private AccountStore() {}

  /** False when the address has an account already. */
  static boolean add(Tx tx, Account account, PasswordHash password) {
    return tx.entities()
            .createMutationQuery(ADD)
            .setParameter("id", account.id())
            .setParameter("email", account.email().text())
            .setParameter("emailKey", account.email().key())
            .setParameter("name", account.name().text())
            .setParameter("createdAt", account.createdAt())
            .setParameter(
                "verifiedAt", account.verified() ? account.createdAt() : null, Instant.class)
            .setParameter("passwordHash", password.text())
            .setParameter("passwordStandsAlone", password.standsAlone())
            .executeUpdate()
        == 1;
  }

  static Optional<StoredAccount> find(Tx tx, UUID id) {
    return entity(tx, id).map(AccountEntity::stored);
  }

  /** The same, and it is not changed elsewhere until the transaction ends. */
  static Optional<StoredAccount> lock(Tx tx, UUID id) {
    return Optional.ofNullable(
            tx.entities().find(AccountEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
        .map(AccountEntity::stored);
  }

  static Optional<StoredAccount> find(Tx tx, EmailAddress email) {
    return tx.entities()
        .createSelectionQuery("from Account where emailKey = :key", AccountEntity.class)
        .setParameter("key", email.key())
        .uniqueResultOptional()
        .map(AccountEntity::stored);
  }

  static void setPassword(Tx tx, UUID id, PasswordHash password, Instant now) {
    entity(tx, id).orElseThrow().change(password, now);
  }

  /** The same password under newer parameters; not if it was changed meanwhile. */
  static int rehash(Tx tx, UUID id, PasswordHash old, PasswordHash fresh) {
    return tx.entities()
        .createMutationQuery(REHASH)
        .setParameter("fresh", fresh.text())
        .setParameter("id", id)
        .setParameter("old", old.text())
        .executeUpdate();
  }

  /** False when another account has the address. */
  static boolean setEmail(Tx tx, UUID id, EmailAddress email) {
    boolean taken = find(tx, email).filter(other -> !other.account().id().equals(id)).isPresent();
    Optional<AccountEntity> account = taken ? Optional.empty() : entity(tx, id);
    account.ifPresent(found -> found.change(email));
    return account.isPresent();
  }

  static boolean rename(Tx tx, UUID id, PersonName name) {
    return tx.entities()
            .createMutationQuery("update Account set name = :name where id = :id")
            .setParameter("name", name.text())
            .setParameter("id", id)
            .executeUpdate()
        == 1;
  }

  /** The first time counts; false when it was before. */
  static boolean verify(Tx tx, UUID id, Instant now) {
    return tx.entities()
            .createMutationQuery(
                "update Account set verifiedAt = :now where id = :id and verifiedAt is null")
            .setParameter("now", now)
            .setParameter("id", id)
            .executeUpdate()
        == 1;
  }

  /** With everything that hangs on it: sessions, factors, tokens. */
  static void remove(Tx tx, UUID id) {
    entity(tx, id).ifPresent(tx.entities()::remove);
  }

  private static Optional<AccountEntity> entity(Tx tx, UUID id) {
    return Optional.ofNullable(tx.entities().find(AccountEntity.class, id));
  }
}
