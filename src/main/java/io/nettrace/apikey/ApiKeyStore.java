package io.nettrace.apikey;

import io.nettrace.apikey.KeyDigest.Fingerprint;
import io.nettrace.identity.Permission;
import io.nettrace.metric.Cidr;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table platform.api_keys. */
final class ApiKeyStore {
  private static final String COLUMNS =
      """
      select k.hash, k.id, k.tenant_id, k.name, k.kind, k.scopes, k.allowed_from, k.prefix, k.last4,
        k.created_by, k.replaces, k.created_at, k.expires_at, k.revoked_at, u.used_at, u.used_from
      from platform.api_keys k left join platform.api_key_uses u on u.key_id = k.id
      """;
  private static final Sql CHANGED =
      Sql.of(
          COLUMNS
              + "where k.changed_at >= :since and least(k.revoked_at, k.expires_at) >"
              + " :ended_after");
  private static final Sql OF_TENANT =
      Sql.of(
          COLUMNS
              + "where k.tenant_id = :tenant_id"
              + " and least(k.revoked_at, k.expires_at) > :ended_after");
  private static final Sql LIST =
      Sql.of(
          COLUMNS
              + "where k.tenant_id = :tenant_id"
              + " order by (k.revoked_at is null and k.expires_at > :now) desc,"
              + " k.created_at desc, k.id desc limit :limit");
  private static final Sql FIND = Sql.of(COLUMNS + "where k.tenant_id = :tenant_id and k.id = :id");
  private static final Sql BY_HASH = Sql.of(COLUMNS + "where k.hash = :hash");
  private static final Sql ADD =
      Sql.of(
          """
          insert into platform.api_keys (id, tenant_id, name, kind, scopes, allowed_from, prefix,
            last4, hash, created_by, replaces, created_at, expires_at)
          values (:id, :tenant_id, :name, :kind, :scopes, :allowed_from, :prefix,
            :last4, :hash, :created_by, :replaces, :created_at, :expires_at)
          """);
  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtextextended(:keys_of, 0))");
  private static final Sql COUNT_LIVE =
      Sql.of(
          """
          select count(*) as live from platform.api_keys
          where tenant_id = :tenant_id and revoked_at is null and expires_at > :now
          """);
  private static final String UPDATE =
      "update platform.api_keys set changed_at = clock_timestamp(), ";
  private static final Sql REVOKE =
      Sql.of(
          UPDATE
              + "revoked_at = :at where tenant_id = :tenant_id and id = :id"
              + " and revoked_at is null");
  private static final Sql REVOKE_ALL =
      Sql.of(
          UPDATE
              + "revoked_at = :at where tenant_id = :tenant_id and revoked_at is null returning"
              + " id");
  private static final Sql EXPIRE =
      Sql.of(
          UPDATE + "expires_at = least(expires_at, :at) where tenant_id = :tenant_id and id = :id");

  private ApiKeyStore() {}

  /** A key as it stands in the table. */
  record Row(Fingerprint fingerprint, ApiKey key, Optional<OwnedKey.Use> lastUse) {}

  /** Those that changed since, but not those that ended long ago. */
  static List<Row> changed(Connection connection, Instant since, Instant endedAfter)
      throws SQLException {
    return CHANGED
        .bind("since", since)
        .bind("ended_after", endedAfter)
        .all(connection, ApiKeyStore::row);
  }

  static List<Row> ofTenant(Connection connection, UUID tenantId, Instant endedAfter)
      throws SQLException {
    return OF_TENANT
        .bind("tenant_id", tenantId)
        .bind("ended_after", endedAfter)
        .all(connection, ApiKeyStore::row);
  }

  /** Live ones before ended ones, so that {@code most} never hides a key that opens doors. */
  static List<Row> list(Connection connection, UUID tenantId, Instant now, int most)
      throws SQLException {
    return LIST.bind("tenant_id", tenantId)
        .bind("now", now)
        .bind("limit", most)
        .all(connection, ApiKeyStore::row);
  }

  static Optional<Row> find(Connection connection, UUID tenantId, UUID id) throws SQLException {
    return FIND.bind("tenant_id", tenantId).bind("id", id).first(connection, ApiKeyStore::row);
  }

  static Optional<Row> byHash(Connection connection, Fingerprint fingerprint) throws SQLException {
    return BY_HASH.bind("hash", fingerprint.bytes()).first(connection, ApiKeyStore::row);
  }

  /** Whoever issues keys of the same tenant waits until the transaction ends, and counts anew. */
  static int countLive(Connection transaction, UUID tenantId, Instant at) throws SQLException {
    boolean _ = LOCK.bind("keys_of", "platform.api_keys " + tenantId).any(transaction);
    return COUNT_LIVE
        .bind("tenant_id", tenantId)
        .bind("now", at)
        .first(transaction, row -> row.getInt("live"))
        .orElseThrow();
  }

  static void add(Connection transaction, ApiKey key, Fingerprint fingerprint) throws SQLException {
    ADD.bind("id", key.id())
        .bind("tenant_id", key.tenantId())
        .bind("name", key.name())
        .bind("kind", key.kind())
        .bindArray("scopes", "text", key.scopes().stream().sorted().toList())
        .bindArray(
            "allowed_from", "text", key.allowedFrom().stream().map(Object::toString).toList())
        .bind("prefix", key.prefix())
        .bind("last4", key.last4())
        .bind("hash", fingerprint.bytes())
        .bind("created_by", key.createdBy())
        .bind("replaces", key.replaces())
        .bind("created_at", key.createdAt())
        .bind("expires_at", key.expiresAt())
        .update(transaction);
  }

  /** False when it is revoked already, or the tenant has no such key. */
  static boolean revoke(Connection transaction, UUID tenantId, UUID id, Instant at)
      throws SQLException {
    return REVOKE.bind("at", at).bind("tenant_id", tenantId).bind("id", id).update(transaction)
        == 1;
  }

  /** Those that were live until now. */
  static List<UUID> revokeAll(Connection transaction, UUID tenantId, Instant at)
      throws SQLException {
    return REVOKE_ALL
        .bind("at", at)
        .bind("tenant_id", tenantId)
        .all(transaction, row -> Columns.uuid(row, "id"));
  }

  static void expire(Connection transaction, UUID tenantId, UUID id, Instant at)
      throws SQLException {
    EXPIRE.bind("at", at).bind("tenant_id", tenantId).bind("id", id).update(transaction);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(Fingerprint.of(row.getBytes("hash")), key(row), use(row));
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "tenant_id"),
        row.getString("name"),
        Columns.constant(row, "kind", KeyKind.class),
        Columns.texts(row, "scopes").stream().map(Permission::valueOf).collect(Collectors.toSet()),
        Columns.texts(row, "allowed_from").stream().map(Cidr::parse).toList(),
        row.getString("prefix"),
        row.getString("last4"),
        Columns.optionalUuid(row, "created_by"),
        Columns.optionalUuid(row, "replaces"),
        Columns.time(row, "created_at"),
        Columns.time(row, "expires_at"),
        Columns.optionalTime(row, "revoked_at"));
  }

  private static Optional<OwnedKey.Use> use(ResultSet row) throws SQLException {
    Optional<Instant> at = Columns.optionalTime(row, "used_at");
    return at.isEmpty()
        ? Optional.empty()
        : Optional.of(new OwnedKey.Use(at.get(), row.getString("used_from")));
  }
}
