package io.nettrace.identity;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockMode;

/** The table platform.members. */
final class MemberStore {
  private static final String ADD =
      """
      insert into Member (tenantId, accountId, role, since)
      values (:tenantId, :accountId, :role, :since) on conflict do nothing
      """;
  private static final String LOCK =
      """
      from Member where tenantId = :tenantId and (role = OWNER or accountId in (:people))
      order by accountId
      """;
  private static final String ONLY_HERE =
      """
      select m.accountId from Member m where m.tenantId = :tenantId and not exists (
        select 1 from Member o where o.accountId = m.accountId and o.tenantId <> m.tenantId)
      """;

  /** With what other tables say of a member, for the eye. */
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

  private MemberStore() {}

  /** False when the person belongs to the tenant already. */
  static boolean add(Tx tx, UUID tenantId, UUID accountId, Role role, Instant now) {
    return tx.entities()
            .createMutationQuery(ADD)
            .setParameter("tenantId", tenantId)
            .setParameter("accountId", accountId)
            .setParameter("role", role)
            .setParameter("since", now)
            .executeUpdate()
        == 1;
  }

  /** The roles of these people and of all owners, which no one else changes until the end. */
  static Map<UUID, Role> lock(Tx tx, UUID tenantId, UUID... people) {
    Map<UUID, Role> roles = new LinkedHashMap<>();
    tx.entities()
        .createSelectionQuery(LOCK, MemberEntity.class)
        .setParameter("tenantId", tenantId)
        .setParameterList("people", people)
        .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
        .getResultList()
        .forEach(member -> roles.put(member.accountId(), member.role()));
    return roles;
  }

  static void setRole(Tx tx, UUID tenantId, UUID accountId, Role role) {
    find(tx, tenantId, accountId).orElseThrow().change(role);
  }

  static void remove(Tx tx, UUID tenantId, UUID accountId) {
    find(tx, tenantId, accountId).ifPresent(tx.entities()::remove);
  }

  static void removeAll(Tx tx, UUID tenantId) {
    int _ =
        tx.entities()
            .createMutationQuery("delete from Member where tenantId = :tenantId")
            .setParameter("tenantId", tenantId)
            .executeUpdate();
  }

  static Optional<Role> role(Tx tx, UUID tenantId, UUID accountId) {
    return find(tx, tenantId, accountId).map(MemberEntity::role);
  }

  static long count(Tx tx, UUID tenantId) {
    return tx.entities()
        .createSelectionQuery("select count(*) from Member where tenantId = :tenantId", Long.class)
        .setParameter("tenantId", tenantId)
        .getSingleResult();
  }

  static List<Membership> of(Tx tx, UUID accountId) {
    return tx
        .entities()
        .createSelectionQuery(
            "from Member where accountId = :accountId order by since, tenantId", MemberEntity.class)
        .setParameter("accountId", accountId)
        .getResultList()
        .stream()
        .map(MemberEntity::membership)
        .toList();
  }

  static List<Member> list(Connection connection, UUID tenantId) throws SQLException {
    return LIST.bind("tenant_id", tenantId)
        .all(
            connection,
            row ->
                new Member(
                    tenantId,
                    Columns.uuid(row, "account_id"),
                    new EmailAddress(row.getString("email")),
                    new PersonName(row.getString("name")),
                    Columns.constant(row, "role", Role.class),
                    Columns.time(row, "since"),
                    row.getBoolean("second_factor")));
  }

  /** Members of this tenant who belong to no other. */
  static List<UUID> onlyHere(Tx tx, UUID tenantId) {
    return tx.entities()
        .createSelectionQuery(ONLY_HERE, UUID.class)
        .setParameter("tenantId", tenantId)
        .getResultList();
  }

  private static Optional<MemberEntity> find(Tx tx, UUID tenantId, UUID accountId) {
    return Optional.ofNullable(
        tx.entities().find(MemberEntity.class, new MemberEntity.Key(tenantId, accountId)));
  }
}
