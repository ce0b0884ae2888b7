package io.nettrace.apikey;

import static io.nettrace.platform.Columns.utc;

import io.nettrace.apikey.KeyDigest.Fingerprint;
import io.nettrace.identity.Permission;
import io.nettrace.platform.web.AddressRange;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table platform.api_keys. */
final class ApiKeyStore {
  private static final String COLUMNS =
      """
      select k.hash, k.id, k.tenant_id, k.name, k.kind, k.scopes, k.allowed_from, k.prefix, k.last4,
        k.created_by, k.replaces, k.created_at, k.expires_at, k.revoked_at, u.used_at, u.used_from
      from platform.api_keys k left join platform.api_key_uses u on u.key_id = k.id
      """;
  private static final String INSERT =
      """
      insert into platform.api_keys (id, tenant_id, name, kind, scopes, allowed_from, prefix, last4,
        hash, created_by, replaces, created_at, expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String COUNT_LIVE =
      """
      select count(*) from platform.api_keys
      where tenant_id = ? and revoked_at is null and expires_at > ?
      """;

  private ApiKeyStore() {}

  /** By the database's clock, which is the one of {@code changed_at}. */
  static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select clock_timestamp()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /** A key as it stands in the table. */
  record Row(Fingerprint fingerprint, ApiKey key, Optional<OwnedKey.Use> lastUse) {}

  /** Those that changed since, but not those that ended long ago. */
  static List<Row> changed(Connection connection, Instant since, Instant endedAfter)
      throws SQLException {
    return read(
        connection,
        "where k.changed_at >= ? and least(k.revoked_at, k.expires_at) > ?",
        utc(since),
        utc(endedAfter));
  }

  static List<Row> ofTenant(Connection connection, UUID tenantId, Instant endedAfter)
      throws SQLException {
    return read(
        connection,
        "where k.tenant_id = ? and least(k.revoked_at, k.expires_at) > ?",
        tenantId,
        utc(endedAfter));
  }

  /** Live ones before ended ones, so that {@code most} never hides a key that opens doors. */
  static List<Row> list(Connection connection, UUID tenantId, Instant now, int most)
      throws SQLException {
    return read(
        connection,
        "where k.tenant_id = ? order by (k.revoked_at is null and k.expires_at > ?) desc,"
            + " k.created_at desc, k.id desc limit ?",
        tenantId,
        utc(now),
        most);
  }

  static Optional<Row> find(Connection connection, UUID tenantId, UUID id) throws SQLException {
    return read(connection, "where k.tenant_id = ? and k.id = ?", tenantId, id).stream()
        .findFirst();
  }

  static Optional<Row> byHash(Connection connection, Fingerprint fingerprint) throws SQLException {
    return read(connection, "where k.hash = ?", (Object) fingerprint.bytes()).stream().findFirst();
  }

  /** Whoever issues keys of the same tenant waits until the transaction ends, and counts anew. */
  static int countLive(Connection transaction, UUID tenantId, Instant at) throws SQLException {
    try (PreparedStatement lock =
        transaction.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "platform.api_keys " + tenantId);
      lock.execute();
    }
    try (PreparedStatement query = transaction.prepareStatement(COUNT_LIVE)) {
      query.setObject(1, tenantId);
      query.setObject(2, utc(at));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  static void add(Connection transaction, ApiKey key, Fingerprint fingerprint) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, key.id());
      insert.setObject(2, key.tenantId());
      insert.setString(3, key.name());
      insert.setString(4, key.kind().name());
      insert.setArray(5, transaction.createArrayOf("text", texts(key.scopes().stream().sorted())));
      insert.setArray(6, transaction.createArrayOf("text", texts(key.allowedFrom().stream())));
      insert.setString(7, key.prefix());
      insert.setString(8, key.last4());
      insert.setBytes(9, fingerprint.bytes());
      insert.setObject(10, key.createdBy().orElse(null));
      insert.setObject(11, key.replaces().orElse(null));
      insert.setObject(12, utc(key.createdAt()));
      insert.setObject(13, utc(key.expiresAt()));
      insert.executeUpdate();
    }
  }

  static void revoke(Connection transaction, UUID tenantId, UUID id, Instant at)
      throws SQLException {
    update(transaction, "revoked_at = ?", "id = ? and revoked_at is null", tenantId, utc(at), id);
  }

  static int revokeAll(Connection transaction, UUID tenantId, Instant at) throws SQLException {
    return update(transaction, "revoked_at = ?", "revoked_at is null", tenantId, utc(at));
  }

  static void expire(Connection transaction, UUID tenantId, UUID id, Instant at)
      throws SQLException {
    update(transaction, "expires_at = least(expires_at, ?)", "id = ?", tenantId, utc(at), id);
  }

  private static int update(
      Connection transaction, String set, String which, UUID tenantId, Object... values)
      throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement(
            "update platform.api_keys set changed_at = clock_timestamp(), "
                + set
                + " where tenant_id = ? and "
                + which)) {
      update.setObject(1, values[0]);
      update.setObject(2, tenantId);
      for (int i = 1; i < values.length; i++) {
        update.setObject(i + 2, values[i]);
      }
      return update.executeUpdate();
    }
  }

  private static List<Row> read(Connection connection, String which, Object... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COLUMNS + which)) {
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.add(new Row(Fingerprint.of(row.getBytes("hash")), key(row), use(row)));
        }
      }
      return rows;
    }
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        row.getString("name"),
        KeyKind.valueOf(row.getString("kind")),
        texts(row, "scopes").map(Permission::valueOf).collect(Collectors.toSet()),
        texts(row, "allowed_from").map(AddressRange::parse).toList(),
        row.getString("prefix"),
        row.getString("last4"),
        Optional.ofNullable(row.getObject("created_by", UUID.class)),
        Optional.ofNullable(row.getObject("replaces", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("revoked_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static Optional<OwnedKey.Use> use(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime at = row.getObject("used_at", OffsetDateTime.class);
    return at == null
        ? Optional.empty()
        : Optional.of(new OwnedKey.Use(at.toInstant(), row.getString("used_from")));
  }

  private static Stream<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((String[]) row.getArray(column).getArray());
  }

  private static String[] texts(Stream<?> values) {
    return values.map(Object::toString).toArray(String[]::new);
  }
}
