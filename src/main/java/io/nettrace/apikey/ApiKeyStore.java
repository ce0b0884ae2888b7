package io.nettrace.apikey;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table platform.api_keys. */
final class ApiKeyStore {
  private ApiKeyStore() {}

  static Map<ByteBuffer, ApiKey> load(Connection connection) throws SQLException {
    Map<ByteBuffer, ApiKey> keys = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select hash, id, name, prefix, last4, created_at, revoked_at"
                    + " from platform.api_keys")) {
      while (row.next()) {
        keys.put(ByteBuffer.wrap(row.getBytes("hash")), key(row));
      }
    }
    return keys;
  }

  static void add(Connection transaction, ApiKey key, byte[] hash) throws SQLException {
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "insert into platform.api_keys (id, name, prefix, last4, hash, created_at)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, key.id());
      insert.setString(2, key.name());
      insert.setString(3, key.prefix());
      insert.setString(4, key.last4());
      insert.setBytes(5, hash);
      insert.setObject(6, key.createdAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  static boolean revoke(Connection transaction, UUID id, Instant at) throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement(
            "update platform.api_keys set revoked_at = ? where id = ? and revoked_at is null")) {
      update.setObject(1, at.atOffset(ZoneOffset.UTC));
      update.setObject(2, id);
      return update.executeUpdate() == 1;
    }
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("prefix"),
        row.getString("last4"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("revoked_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
