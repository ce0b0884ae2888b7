package io.nettrace.identity;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table platform.members. */
final class MemberStore {
  private static final Sql LIST =
      Sql.of(
          """
          select m.account_id, a.email, a.name, m.role, m.since,
            exists (select 1 from platform.authenticator_apps t
              where t.account_id = m.account_id and t.confirmed_at is not null)
            or exists (select 1 from platform.passkeys p where p.account_id = m.account_id)
            as second_factor
          from platform.members m join platform.accounts a on a.id = m.account_id
          where m.tenant_id = :tenant_id order by m.since, m.account_id
          """);
  private static final Sql LOCK =
      Sql.of(
          """
          select account_id, role from platform.members
          where tenant_id = :tenant_id
            and (role = 'OWNER' or account_id = :account_id or account_id = :other)
          order by account_id for update
          """);
  private static final Sql ONLY_HERE =
      Sql.of(
          """
          select account_id from platform.members m where tenant_id = :tenant_id and not exists (
            select 1 from platform.members o
            where o.account_id = m.account_id and o.tenant_id <> m.tenant_id)
          """);

  private MemberStore() {}

  /** False when the person belongs to the tenant already. */
  static boolean add(Connection transaction, UUID tenantId, UUID accountId, Role role, Instant now)
      throws SQLException {
    return Sql.of(
                "insert into platform.members (tenant_id, account_id, role, since)"
                    + " values (:tenant_id, :account_id, :role, :since) on conflict do nothing")
            .bind("tenant_id", tenantId)
            .bind("account_id", accountId)
            .bind("role", role)
            .bind("since", now)
            .update(transaction)
        == 1;
  }

  /**
   * The roles of two people and of all owners, which nobody else changes until the transaction
   * ends.
   */
  static Map<UUID, Role> lock(Connection transaction, UUID tenantId, UUID one, UUID other)
      throws SQLException {
    Map<UUID, Role> roles = new LinkedHashMap<>();
    LOCK.bind("tenant_id", tenantId)
        .bind("account_id", one)
        .bind("other", other)
        .all(
            transaction,
            row ->
                roles.put(
                    row.getObject("account_id", UUID.class), Role.valueOf(row.getString("role"))));
    return roles;
  }

  static void setRole(Connection transaction, UUID tenantId, UUID accountId, Role role)
      throws SQLException {
    Sql.of(
            "update platform.members set role = :role where tenant_id = :tenant_id and account_id ="
                + " :account_id")
        .bind("role", role)
        .bind("tenant_id", tenantId)
        .bind("account_id", accountId)
        .update(transaction);
  }

  static void remove(Connection transaction, UUID tenantId, UUID accountId) throws SQLException {
    Sql.of("delete from platform.members where tenant_id = :tenant_id and account_id = :account_id")
        .bind("tenant_id", tenantId)
        .bind("account_id", accountId)
        .update(transaction);
  }

  static void removeAll(Connection transaction, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.members where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(transaction);
  }

  static Optional<Role> role(Connection connection, UUID tenantId, UUID accountId)
      throws SQLException {
    return Sql.of(
            "select role from platform.members where tenant_id = :tenant_id and account_id ="
                + " :account_id")
        .bind("tenant_id", tenantId)
        .bind("account_id", accountId)
        .first(connection, row -> Role.valueOf(row.getString("role")));
  }

  static long count(Connection connection, UUID tenantId) throws SQLException {
    return Sql.of("select count(*) from platform.members where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .first(connection, row -> row.getLong(1))
        .orElseThrow();
  }

  static List<Membership> of(Connection connection, UUID accountId) throws SQLException {
    return Sql.of(
            "select tenant_id, role from platform.members where account_id = :account_id"
                + " order by since, tenant_id")
        .bind("account_id", accountId)
        .all(
            connection,
            row ->
                new Membership(
                    row.getObject("tenant_id", UUID.class), Role.valueOf(row.getString("role"))));
  }

  static List<Member> list(Connection connection, UUID tenantId) throws SQLException {
    return LIST.bind("tenant_id", tenantId)
        .all(
            connection,
            row ->
                new Member(
                    tenantId,
                    row.getObject("account_id", UUID.class),
                    new EmailAddress(row.getString("email")),
                    new PersonName(row.getString("name")),
                    Role.valueOf(row.getString("role")),
                    Columns.time(row, "since"),
                    row.getBoolean("second_factor")));
  }

  /** Members of this tenant who belong to no other. */
  static List<UUID> onlyHere(Connection transaction, UUID tenantId) throws SQLException {
    return ONLY_HERE
        .bind("tenant_id", tenantId)
        .all(transaction, row -> row.getObject("account_id", UUID.class));
  }
}
