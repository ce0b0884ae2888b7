package io.nettrace.target;

import io.nettrace.platform.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code watch_lists} of the tenant behind whose walls the connection is. */
final class WatchListStore {
  private static final UUID FIRST = new UUID(0, 0);
  private static final String SELECT =
      "select id, name, target_ids, created_at, version from watch_lists";
  private static final String INSERT =
      """
      insert into watch_lists (id, name, target_ids, created_at, version)
      values (?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String UPDATE =
      """
      update watch_lists set name = ?, target_ids = ?, version = ?
      where id = ? and not exists (select from watch_lists where name = ? and id <> ?)
      """;

  private WatchListStore() {}

  /** Whoever else wants to add or change one waits. */
  static void lock(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("lock table watch_lists in share row exclusive mode");
    }
  }

  static Optional<WatchList> find(Connection connection, UUID id) throws SQLException {
    return read(connection, " where id = ?", id).stream().findFirst();
  }

  static List<WatchList> page(Connection connection, Optional<UUID> after, int limit)
      throws SQLException {
    return read(connection, " where id > ? order by id limit ?", after.orElse(FIRST), limit);
  }

  static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from watch_lists")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** False when there is one of the same name. */
  static boolean insert(Connection transaction, WatchList list) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, list.id());
      insert.setString(2, list.name());
      insert.setArray(3, transaction.createArrayOf("text", list.targetIds().toArray()));
      insert.setObject(4, Columns.utc(list.createdAt()));
      insert.setInt(5, list.version());
      return insert.executeUpdate() == 1;
    }
  }

  /** False when there is another of the same name. */
  static boolean update(Connection transaction, WatchList list) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(UPDATE)) {
      update.setString(1, list.name());
      update.setArray(2, transaction.createArrayOf("text", list.targetIds().toArray()));
      update.setInt(3, list.version());
      update.setObject(4, list.id());
      update.setString(5, list.name());
      update.setObject(6, list.id());
      return update.executeUpdate() == 1;
    }
  }

  static void delete(Connection transaction, UUID id) throws SQLException {
    try (PreparedStatement delete =
        transaction.prepareStatement("delete from watch_lists where id = ?")) {
      delete.setObject(1, id);
      delete.executeUpdate();
    }
  }

  private static List<WatchList> read(Connection connection, String rest, Object... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + rest)) {
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      List<WatchList> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(
              new WatchList(
                  row.getObject("id", UUID.class),
                  row.getString("name"),
                  List.of((String[]) row.getArray("target_ids").getArray()),
                  row.getObject("created_at", OffsetDateTime.class).toInstant(),
                  row.getInt("version")));
        }
      }
      return found;
    }
  }
}
