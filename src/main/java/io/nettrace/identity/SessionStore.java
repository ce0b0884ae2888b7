package io.nettrace.identity;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table platform.sessions, and what decides how long its rows live. */
final class SessionStore {
  private static final String SELECT =
      """
      select s.*, a.email, a.name, m.role, p.idle_minutes, p.absolute_minutes,
        m.role is not null and coalesce(p.require_second_factor, false) as second_factor_required
      from platform.sessions s
      join platform.accounts a on a.id = s.account_id
      left join platform.members m on m.tenant_id = s.tenant_id and m.account_id = s.account_id
      left join platform.tenant_policies p on p.tenant_id = s.tenant_id
      """;
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.sessions (id, hash, account_id, tenant_id, second_factor, created_at,
            last_seen_at, stepped_up_at, address, user_agent)
          values (:id, :hash, :account_id, :tenant_id, :second_factor, :created_at, :last_seen_at,
            :stepped_up_at, :address, :user_agent)
          """);
  private static final Sql FIRST_TENANT =
      Sql.of(
          """
          select tenant_id from platform.members where account_id = :account_id
          order by since, tenant_id limit 1
          """);
  private static final Sql SWITCH =
      Sql.of(
          """
          update platform.sessions s set tenant_id = :tenant_id where id = :id and exists (
            select 1 from platform.members m where m.tenant_id = :tenant_id
              and m.account_id = s.account_id)
          """);
  private static final Sql FORGET_ENDED =
      Sql.of(
          """
          delete from platform.sessions s where s.id in (
            select s.id from platform.sessions s
            left join platform.tenant_policies p on p.tenant_id = s.tenant_id
            where s.last_seen_at < :now::timestamptz - make_interval(mins => coalesce(p.idle_minutes,
              :idle_minutes))
              or s.created_at < :now::timestamptz - make_interval(mins => coalesce(p.absolute_minutes,
                :absolute_minutes)))
          """);

  private SessionStore() {}

  /**
   * A session and how long it may live.
   *
   * @param endsAt the first moment at which it is over if it is not used again
   */
  record Stored(Session session, Instant endsAt) {}

  static void add(
      Connection transaction,
      UUID id,
      byte[] hash,
      UUID accountId,
      Optional<UUID> tenantId,
      boolean secondFactor,
      Instant now,
      Visitor visitor)
      throws SQLException {
    ADD.bind("id", id)
        .bind("hash", hash)
        .bind("account_id", accountId)
        .bind("tenant_id", tenantId)
        .bind("second_factor", secondFactor)
        .bind("created_at", now)
        .bind("last_seen_at", now)
        .bind("stepped_up_at", now)
        .bind("address", visitor.address())
        .bind("user_agent", visitor.userAgent())
        .update(transaction);
  }

  static Optional<Stored> find(Connection connection, byte[] hash, TenantPolicy standard)
      throws SQLException {
    return Sql.of(SELECT + "where s.hash = :hash")
        .bind("hash", hash)
        .first(connection, row -> stored(row, standard));
  }

  /** The sessions of these digests, by digest. */
  static Map<ByteBuffer, Stored> find(
      Connection connection, Set<ByteBuffer> hashes, TenantPolicy standard) throws SQLException {
    Map<ByteBuffer, Stored> found = new HashMap<>();
    Sql.of(SELECT + "where s.hash = any (:hashes)")
        .bindArray("hashes", "bytea", hashes.stream().map(ByteBuffer::array).toList())
        .all(
            connection,
            row -> found.put(ByteBuffer.wrap(row.getBytes("hash")), stored(row, standard)));
    return found;
  }

  static List<Stored> list(Connection connection, UUID accountId, TenantPolicy standard)
      throws SQLException {
    return Sql.of(SELECT + "where s.account_id = :account_id order by s.created_at desc")
        .bind("account_id", accountId)
        .all(connection, row -> stored(row, standard));
  }

  static void seen(Connection connection, UUID id, Instant now) throws SQLException {
    Sql.of(
            "update platform.sessions set last_seen_at = greatest(last_seen_at, :now) where id ="
                + " :id")
        .bind("now", now)
        .bind("id", id)
        .update(connection);
  }

  static boolean steppedUp(Connection transaction, UUID id, Instant now) throws SQLException {
    return Sql.of("update platform.sessions set stepped_up_at = :stepped_up_at where id = :id")
            .bind("stepped_up_at", now)
            .bind("id", id)
            .update(transaction)
        == 1;
  }

  static boolean switchTo(Connection connection, UUID id, UUID tenantId) throws SQLException {
    return SWITCH.bind("tenant_id", tenantId).bind("id", id).update(connection) == 1;
  }

  /** The tenant that the person has belonged to for longest. */
  static Optional<UUID> firstTenant(Connection connection, UUID accountId) throws SQLException {
    return FIRST_TENANT
        .bind("account_id", accountId)
        .first(connection, row -> row.getObject("tenant_id", UUID.class));
  }

  static boolean revoke(Connection connection, UUID accountId, UUID id) throws SQLException {
    return Sql.of("delete from platform.sessions where account_id = :account_id and id = :id")
            .bind("account_id", accountId)
            .bind("id", id)
            .update(connection)
        == 1;
  }

  static void revoke(Connection transaction, byte[] hash) throws SQLException {
    Sql.of("delete from platform.sessions where hash = :hash")
        .bind("hash", hash)
        .update(transaction);
  }

  /** Those that ended. */
  static List<UUID> revokeOthers(Connection connection, UUID accountId, UUID kept)
      throws SQLException {
    return Sql.of(
            "delete from platform.sessions where account_id = :account_id and id <> :kept"
                + " returning id")
        .bind("account_id", accountId)
        .bind("kept", kept)
        .all(connection, row -> Columns.uuid(row, "id"));
  }

  static void revokeAll(Connection transaction, UUID accountId) throws SQLException {
    Sql.of("delete from platform.sessions where account_id = :account_id")
        .bind("account_id", accountId)
        .update(transaction);
  }

  /** Sessions go on, but for no tenant. */
  static void leave(Connection transaction, UUID tenantId, Optional<UUID> accountId)
      throws SQLException {
    Sql.of(
            "update platform.sessions set tenant_id = null where tenant_id = :tenant_id and"
                + " account_id = coalesce(:account_id::uuid, account_id)")
        .bind("tenant_id", tenantId)
        .bind("account_id", accountId)
        .update(transaction);
  }

  static int forgetEnded(Connection connection, Instant now, TenantPolicy standard)
      throws SQLException {
    return FORGET_ENDED
        .bind("now", now)
        .bind("idle_minutes", (int) standard.idle().toMinutes())
        .bind("absolute_minutes", (int) standard.absolute().toMinutes())
        .update(connection);
  }

  private static Stored stored(ResultSet row, TenantPolicy standard) throws SQLException {
    boolean secondFactor = row.getBoolean("second_factor");
    Session session =
        new Session(
            row.getObject("id", UUID.class),
            row.getObject("account_id", UUID.class),
            new EmailAddress(row.getString("email")),
            new PersonName(row.getString("name")),
            Optional.ofNullable(row.getObject("tenant_id", UUID.class)),
            Optional.ofNullable(row.getString("role")).map(Role::valueOf),
            secondFactor,
            row.getBoolean("second_factor_required") && !secondFactor,
            Columns.time(row, "created_at"),
            Columns.time(row, "last_seen_at"),
            Columns.time(row, "stepped_up_at"),
            new Visitor(row.getString("address"), row.getString("user_agent")));
    Instant idleEnd = session.lastSeenAt().plus(minutes(row, "idle_minutes", standard.idle()));
    Instant absoluteEnd =
        session.createdAt().plus(minutes(row, "absolute_minutes", standard.absolute()));
    return new Stored(session, idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd);
  }

  private static Duration minutes(ResultSet row, String column, Duration standard)
      throws SQLException {
    int minutes = row.getInt(column);
    return row.wasNull() ? standard : Duration.ofMinutes(minutes);
  }
}
