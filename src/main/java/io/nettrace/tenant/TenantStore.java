package io.nettrace.tenant;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.platform.crypto.Sha256;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables platform.tenants and platform.retired_slugs. */
final class TenantStore {
  private static final String SELECT =
      """
      select t.id, t.slug, t.name, t.kind, t.state, t.created_at, t.deletion_due,
        s.cell, s.schema, s.role, s.version
      from platform.tenants t left join platform.tenant_schemas s on s.tenant_id = t.id
      """;
  private static final Sql ALL = Sql.of(SELECT);
  private static final Sql FIND = Sql.of(SELECT + " where t.id = :id");
  private static final Sql INSERT =
      Sql.of(
          """
          insert into platform.tenants
            (id, slug, skeleton, name, kind, state, state_since, created_at, pending_until)
          select :id, :slug, :skeleton, :name, :kind, :state, :state_since, :created_at, :pending_until
          where not exists (select from platform.retired_slugs where digest = :digest)
          on conflict do nothing
          """);
  private static final Sql TAKEN =
      Sql.of(
          """
          select (exists (select from platform.tenants
              where skeleton = :skeleton and (pending_until is null or pending_until >= :now))
            or exists (select from platform.retired_slugs where digest = :digest)) as taken
          """);
  private static final Sql MOVE =
      Sql.of(
          """
          update platform.tenants set state = :state, state_since = :state_since,
            pending_until = null, deletion_due = :deletion_due
          where id = :id and state = any (:from)
          """);
  private static final Sql RETIRE =
      Sql.of(
          """
          with gone as (
            update platform.tenants
            set state = 'DELETED', state_since = :now, slug = 'deleted-' || id, skeleton = id::text,
              name = '', deletion_due = null
            where id = :id and state = 'DELETING' returning id)
          insert into platform.retired_slugs (digest, retired_at) select :digest, :now from gone
          on conflict do nothing
          """);
  private static final Sql DUE =
      Sql.of(
          "select id from platform.tenants where state = 'DELETING' and deletion_due <= :now order"
              + " by deletion_due");
  private static final Sql FORGET_PENDING =
      Sql.of(
          "delete from platform.tenants where state = 'PENDING' and pending_until < :now returning"
              + " id");

  private TenantStore() {}

  static boolean isTaken(Connection connection, String slug, Instant now) throws SQLException {
    return TAKEN
        .bind("skeleton", Slug.skeleton(slug))
        .bind("now", now)
        .bind("digest", digest(slug))
        .first(connection, row -> row.getBoolean("taken"))
        .orElseThrow();
  }

  /** False when somebody has the slug, or one that looks like it. */
  static boolean insert(
      Connection transaction, Tenant tenant, Instant now, Optional<Instant> pendingUntil)
      throws SQLException {
    return INSERT
            .bind("id", tenant.id())
            .bind("slug", tenant.slug())
            .bind("skeleton", Slug.skeleton(tenant.slug()))
            .bind("name", tenant.name())
            .bind("kind", tenant.kind())
            .bind("state", tenant.state())
            .bind("state_since", now)
            .bind("created_at", tenant.createdAt())
            .bind("pending_until", pendingUntil)
            .bind("digest", digest(tenant.slug()))
            .update(transaction)
        == 1;
  }

  static Optional<Tenant> find(Connection connection, UUID id) throws SQLException {
    return FIND.bind("id", id).first(connection, TenantStore::tenant);
  }

  static List<Tenant> all(Connection connection) throws SQLException {
    return ALL.all(connection, TenantStore::tenant);
  }

  /** False when it has that name, or there is no such tenant. */
  static boolean rename(Connection transaction, UUID id, String name) throws SQLException {
    return Sql.of("update platform.tenants set name = :name where id = :id and name <> :name")
            .bind("name", name)
            .bind("id", id)
            .update(transaction)
        == 1;
  }

  /** False when it is in none of the states {@code from}. */
  static boolean move(
      Connection transaction,
      UUID id,
      List<TenantState> from,
      TenantState to,
      Instant now,
      Optional<Instant> deletionDue)
      throws SQLException {
    return MOVE.bind("state", to)
            .bind("state_since", now)
            .bind("deletion_due", deletionDue)
            .bind("id", id)
            .bindArray("from", "text", from)
            .update(transaction)
        == 1;
  }

  /** Keeps of a deleted tenant only that its slug is used up. */
  static void retire(Connection transaction, Tenant tenant, Instant now) throws SQLException {
    RETIRE
        .bind("now", now)
        .bind("id", tenant.id())
        .bind("digest", digest(tenant.slug()))
        .update(transaction);
  }

  static List<UUID> due(Connection connection, Instant now) throws SQLException {
    return DUE.bind("now", now).all(connection, row -> Columns.uuid(row, "id"));
  }

  static List<UUID> forgetPending(Connection transaction, Instant now) throws SQLException {
    return FORGET_PENDING.bind("now", now).all(transaction, row -> Columns.uuid(row, "id"));
  }

  private static Tenant tenant(ResultSet row) throws SQLException {
    String schema = row.getString("schema");
    return new Tenant(
        Columns.uuid(row, "id"),
        row.getString("slug"),
        row.getString("name"),
        Columns.constant(row, "kind", TenantKind.class),
        Columns.constant(row, "state", TenantState.class),
        schema == null
            ? Optional.empty()
            : Optional.of(
                new Placement(
                    row.getInt("cell"), schema, row.getString("role"), row.getInt("version"))),
        Columns.time(row, "created_at"),
        Columns.optionalTime(row, "deletion_due"));
  }

  private static byte[] digest(String slug) {
    return Sha256.of(Slug.skeleton(slug));
  }
}
