package io.nettrace.target;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code custom_targets} of the tenant behind whose walls the connection is. */
final class CustomTargetStore {
  private static final String SELECT =
      """
      select id, host, port, methods, name, tags, burst_every_seconds, paused, created_at,
        created_by, version
      from custom_targets\
      """;
  private static final String INSERT =
      """
      insert into custom_targets
        (id, host, port, methods, name, tags, burst_every_seconds, paused, created_at, created_by,
         version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      """;
  private static final String UPDATE =
      """
      update custom_targets set methods = ?, name = ?, tags = ?, burst_every_seconds = ?,
        paused = ?, version = ?
      where id = ?
      """;

  private CustomTargetStore() {}

  /** Whoever else wants to add or change one waits, so that limits hold. */
  static void lock(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("lock table custom_targets in share row exclusive mode");
    }
  }

  static Optional<CustomTarget> find(Connection connection, String id) throws SQLException {
    return read(connection, " where id = ?", id).stream().findFirst();
  }

  static List<CustomTarget> byHost(Connection connection, String host) throws SQLException {
    return read(connection, " where host = ? order by port", host);
  }

  static List<CustomTarget> page(Connection connection, String after, int limit)
      throws SQLException {
    return read(connection, " where id > ? order by id limit ?", after, limit);
  }

  static List<CustomTarget> all(Connection connection) throws SQLException {
    return read(connection, " order by id");
  }

  /** False when there is one with the same host and port. */
  static boolean insert(Connection transaction, CustomTarget target) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setString(1, target.id());
      insert.setString(2, target.host());
      insert.setInt(3, target.port());
      insert.setArray(4, methods(transaction, target.methods()));
      insert.setString(5, target.name());
      insert.setArray(6, transaction.createArrayOf("text", target.tags().toArray()));
      insert.setInt(7, (int) target.burstEvery().toSeconds());
      insert.setBoolean(8, target.paused());
      insert.setObject(9, Columns.utc(target.createdAt()));
      insert.setString(10, target.createdBy());
      insert.setInt(11, target.version());
      return insert.executeUpdate() == 1;
    }
  }

  static void update(Connection transaction, CustomTarget target) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(UPDATE)) {
      update.setArray(1, methods(transaction, target.methods()));
      update.setString(2, target.name());
      update.setArray(3, transaction.createArrayOf("text", target.tags().toArray()));
      update.setInt(4, (int) target.burstEvery().toSeconds());
      update.setBoolean(5, target.paused());
      update.setInt(6, target.version());
      update.setString(7, target.id());
      update.executeUpdate();
    }
  }

  static void delete(Connection transaction, String id) throws SQLException {
    try (PreparedStatement delete =
        transaction.prepareStatement("delete from custom_targets where id = ?")) {
      delete.setString(1, id);
      delete.executeUpdate();
    }
  }

  static Array methods(Connection connection, List<Protocol> methods) throws SQLException {
    return connection.createArrayOf("text", methods.stream().map(Protocol::name).toArray());
  }

  static List<Protocol> methods(ResultSet row) throws SQLException {
    return Arrays.stream((String[]) row.getArray("methods").getArray())
        .map(Protocol::valueOf)
        .toList();
  }

  private static List<CustomTarget> read(Connection connection, String rest, Object... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + rest)) {
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      List<CustomTarget> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(target(row));
        }
      }
      return found;
    }
  }

  private static CustomTarget target(ResultSet row) throws SQLException {
    return new CustomTarget(
        row.getString("id"),
        row.getString("host"),
        row.getInt("port"),
        methods(row),
        row.getString("name"),
        List.of((String[]) row.getArray("tags").getArray()),
        Duration.ofSeconds(row.getInt("burst_every_seconds")),
        row.getBoolean("paused"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        row.getInt("version"));
  }
}
