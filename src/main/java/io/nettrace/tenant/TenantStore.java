package io.nettrace.tenant;

import io.nettrace.platform.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables platform.tenants and platform.retired_slugs. */
final class TenantStore {
  private static final String SELECT =
      """
      select t.id, t.slug, t.name, t.kind, t.state, t.created_at, t.deletion_due,
        s.cell, s.schema, s.role
      from platform.tenants t left join platform.tenant_schemas s on s.tenant_id = t.id
      """;
  private static final String INSERT =
      """
      insert into platform.tenants
        (id, slug, skeleton, name, kind, state, state_since, created_at, pending_until)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?
      where not exists (select from platform.retired_slugs where digest = ?)
      on conflict do nothing
      """;
  private static final String TAKEN =
      """
      select exists (select from platform.tenants
          where skeleton = ? and (pending_until is null or pending_until >= ?))
        or exists (select from platform.retired_slugs where digest = ?)
      """;
  private static final String MOVE =
      """
      update platform.tenants set state = ?, state_since = ?, pending_until = null, deletion_due = ?
      where id = ? and state = any (?)
      """;
  private static final String RETIRE =
      """
      with gone as (
        update platform.tenants
        set state = 'DELETED', state_since = ?, slug = 'deleted-' || id, skeleton = id::text,
          name = '', deletion_due = null
        where id = ? and state = 'DELETING' returning id)
      insert into platform.retired_slugs (digest, retired_at) select ?, ? from gone
      on conflict do nothing
      """;
  private static final String DUE =
      "select id from platform.tenants where state = 'DELETING' and deletion_due <= ? order by"
          + " deletion_due";
  private static final String FORGET_PENDING =
      "delete from platform.tenants where state = 'PENDING' and pending_until < ? returning id";

  private TenantStore() {}

  static boolean isTaken(Connection connection, String slug, Instant now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(TAKEN)) {
      query.setString(1, Slug.skeleton(slug));
      query.setObject(2, Columns.utc(now));
      query.setBytes(3, digest(slug));
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** False when somebody has the slug, or one that looks like it. */
  static boolean insert(
      Connection transaction, Tenant tenant, Instant now, Optional<Instant> pendingUntil)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, tenant.id());
      insert.setString(2, tenant.slug());
      insert.setString(3, Slug.skeleton(tenant.slug()));
      insert.setString(4, tenant.name());
      insert.setString(5, tenant.kind().name());
      insert.setString(6, tenant.state().name());
      insert.setObject(7, Columns.utc(now));
      insert.setObject(8, Columns.utc(tenant.createdAt()));
      insert.setObject(9, time(pendingUntil));
      insert.setBytes(10, digest(tenant.slug()));
      return insert.executeUpdate() == 1;
    }
  }

  static Optional<Tenant> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + " where t.id = ?")) {
      query.setObject(1, id);
      return read(query).stream().findFirst();
    }
  }

  static List<Tenant> all(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT)) {
      return read(query);
    }
  }

  static void rename(Connection transaction, UUID id, String name) throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement("update platform.tenants set name = ? where id = ?")) {
      update.setString(1, name);
      update.setObject(2, id);
      update.executeUpdate();
    }
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
    try (PreparedStatement update = transaction.prepareStatement(MOVE)) {
      update.setString(1, to.name());
      update.setObject(2, Columns.utc(now));
      update.setObject(3, time(deletionDue));
      update.setObject(4, id);
      update.setArray(
          5, transaction.createArrayOf("text", from.stream().map(Enum::name).toArray()));
      return update.executeUpdate() == 1;
    }
  }

  /** Keeps of a deleted tenant only that its slug is used up. */
  static void retire(Connection transaction, Tenant tenant, Instant now) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(RETIRE)) {
      update.setObject(1, Columns.utc(now));
      update.setObject(2, tenant.id());
      update.setBytes(3, digest(tenant.slug()));
      update.setObject(4, Columns.utc(now));
      update.executeUpdate();
    }
  }

  static List<UUID> due(Connection connection, Instant now) throws SQLException {
    return ids(connection, DUE, now);
  }

  static List<UUID> forgetPending(Connection transaction, Instant now) throws SQLException {
    return ids(transaction, FORGET_PENDING, now);
  }

  private static List<UUID> ids(Connection connection, String sql, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, Columns.utc(now));
      List<UUID> ids = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ids.add(row.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  private static List<Tenant> read(PreparedStatement query) throws SQLException {
    List<Tenant> tenants = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        tenants.add(tenant(row));
      }
    }
    return tenants;
  }

  private static Tenant tenant(ResultSet row) throws SQLException {
    String schema = row.getString("schema");
    return new Tenant(
        row.getObject("id", UUID.class),
        row.getString("slug"),
        row.getString("name"),
        TenantKind.valueOf(row.getString("kind")),
        TenantState.valueOf(row.getString("state")),
        schema == null
            ? Optional.empty()
            : Optional.of(new Placement(row.getInt("cell"), schema, row.getString("role"))),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("deletion_due", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static @Nullable OffsetDateTime time(Optional<Instant> time) {
    return time.map(Columns::utc).orElse(null);
  }

  private static byte[] digest(String slug) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(Slug.skeleton(slug).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
