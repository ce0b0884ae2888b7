package io.nettrace.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hours and days whose roll-up is not valid, because something was written to them since.
 *
 * <p>A mark is a row of its own, never changed: whoever sees it also sees the rows that were
 * written with it, and taking it away cannot take away the mark of a transaction that has not
 * committed yet. So nobody waits and nothing is forgotten.
 */
enum Due {
  HOURS("hours_due", "hour"),
  DAYS("days_due", "day");

  private final String table;
  private final String column;

  Due(String table, String column) {
    this.table = table;
    this.column = column;
  }

  void mark(Connection transaction, Map<Instant, Set<Integer>> seriesByStart) throws SQLException {
    String sql = "insert into %s values (?, ?)".formatted(table);
    try (PreparedStatement insert = transaction.prepareStatement(sql)) {
      for (var each : seriesByStart.entrySet()) {
        insert.setObject(1, each.getKey().atOffset(ZoneOffset.UTC));
        insert.setArray(2, array(transaction, each.getValue()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Takes away the marks of the oldest {@code most} starts before {@code end}. */
  Map<Instant, Set<Integer>> take(Connection transaction, Instant end, int most)
      throws SQLException {
    String sql =
        """
        with taken as (
          delete from %1$s where %2$s in (
            select distinct %2$s from %1$s where %2$s < ? order by 1 limit ?)
          returning %2$s as start, series)
        select distinct start, one from taken, unnest(series) one
        """
            .formatted(table, column);
    try (PreparedStatement delete = transaction.prepareStatement(sql)) {
      delete.setObject(1, end.atOffset(ZoneOffset.UTC));
      delete.setInt(2, most);
      Map<Instant, Set<Integer>> taken = new TreeMap<>();
      try (ResultSet row = delete.executeQuery()) {
        while (row.next()) {
          taken
              .computeIfAbsent(Samples.time(row, "start"), _ -> new TreeSet<>())
              .add(row.getInt("one"));
        }
      }
      return taken;
    }
  }

  /** The starts from {@code from} until before {@code to} that are marked for any of the series. */
  Set<Instant> marked(Connection connection, Collection<Integer> series, Instant from, Instant to)
      throws SQLException {
    String sql =
        "select distinct %2$s as start from %1$s where %2$s >= ? and %2$s < ? and series && ?"
            .formatted(table, column);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, from.atOffset(ZoneOffset.UTC));
      query.setObject(2, to.atOffset(ZoneOffset.UTC));
      query.setArray(3, array(connection, series));
      Set<Instant> starts = new TreeSet<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          starts.add(Samples.time(row, "start"));
        }
      }
      return starts;
    }
  }

  /** Whether anything from {@code from} until before {@code to} is marked. */
  boolean any(Connection connection, Instant from, Instant to) throws SQLException {
    String sql =
        "select exists (select from %1$s where %2$s >= ? and %2$s < ?)".formatted(table, column);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, from.atOffset(ZoneOffset.UTC));
      query.setObject(2, to.atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  static java.sql.Array array(Connection connection, Collection<Integer> series)
      throws SQLException {
    return connection.createArrayOf("integer", series.toArray());
  }
}
