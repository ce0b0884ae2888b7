package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The number of each series in {@code catalog.series}, given to it by its first burst. */
final class SeriesNumbers {
  /** What is kept in memory; more are looked up each time. */
  private static final int MOST_KNOWN = 100_000;

  private static final String COLUMNS =
      "target_id, vantage_point, target_host, simulated, method, mode, address";
  private static final String ASKED =
      """
      unnest(?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::inet[])
      as asked (%s)
      """
          .formatted(COLUMNS);
  private static final String FIND =
      "select id, s.target_id, s.vantage_point, s.target_host, s.simulated, s.method, s.mode,"
          + " host(s.address) as address from series s join "
          + ASKED
          + " using (%s)".formatted(COLUMNS);
  // in one order, so that nodes that number the same series wait for each other in a row
  private static final String MAKE =
      "insert into series (%s) select * from ".formatted(COLUMNS)
          + ASKED
          + " order by 1, 2, 5, 7, 6, 3, 4 on conflict do nothing";
  private static final String ALL =
      "select id, target_id, vantage_point, target_host, simulated, method, mode,"
          + " host(address) as address from series";
  private static final String OF_TARGET = ALL + " where target_id = ? and vantage_point = ?";

  private final Map<SeriesKey, Integer> known = new ConcurrentHashMap<>();

  /** A number for each of {@code keys}; to be {@link #confirm}ed once the transaction commits. */
  Map<SeriesKey, Integer> of(Connection transaction, Set<SeriesKey> keys) throws SQLException {
    Map<SeriesKey, Integer> numbers = new HashMap<>();
    Set<SeriesKey> missing = new HashSet<>();
    for (SeriesKey key : keys) {
      Optional.ofNullable(known.get(key))
          .ifPresentOrElse(number -> numbers.put(key, number), () -> missing.add(key));
    }
    find(transaction, missing, numbers);
    if (!missing.isEmpty()) {
      try (PreparedStatement insert = asking(transaction, MAKE, missing)) {
        insert.executeUpdate();
      }
      find(transaction, missing, numbers);
    }
    return numbers;
  }

  void confirm(Map<SeriesKey, Integer> numbers) {
    if (known.size() + numbers.size() <= MOST_KNOWN) {
      known.putAll(numbers);
    }
  }

  /** The series of one target from one vantage point, by their numbers. */
  static Map<Integer, SeriesKey> of(Connection connection, Selection selection)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_TARGET)) {
      query.setString(1, selection.targetId());
      query.setString(2, selection.vantagePoint());
      Map<Integer, SeriesKey> found = read(query);
      selection.method().ifPresent(method -> found.values().removeIf(s -> s.method() != method));
      return found;
    }
  }

  static Map<Integer, SeriesKey> all(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ALL)) {
      return read(query);
    }
  }

  private static Map<Integer, SeriesKey> read(PreparedStatement query) throws SQLException {
    Map<Integer, SeriesKey> found = new TreeMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.put(row.getInt("id"), key(row));
      }
    }
    return found;
  }

  private static void find(
      Connection transaction, Set<SeriesKey> missing, Map<SeriesKey, Integer> numbers)
      throws SQLException {
    if (missing.isEmpty()) {
      return;
    }
    try (PreparedStatement query = asking(transaction, FIND, missing);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        SeriesKey key = key(row);
        numbers.put(key, row.getInt("id"));
        missing.remove(key);
      }
    }
  }

  private static PreparedStatement asking(
      Connection transaction, String sql, Collection<SeriesKey> keys) throws SQLException {
    List<SeriesKey> asked = new ArrayList<>(keys);
    asked.sort(Comparator.comparing(SeriesKey::targetId));
    PreparedStatement statement = transaction.prepareStatement(sql);
    array(statement, 1, asked, SeriesKey::targetId);
    array(statement, 2, asked, SeriesKey::vantagePoint);
    array(statement, 3, asked, SeriesKey::host);
    array(statement, 4, asked, SeriesKey::simulated);
    array(statement, 5, asked, SeriesKey::method);
    array(statement, 6, asked, SeriesKey::mode);
    array(statement, 7, asked, SeriesKey::addressText);
    return statement;
  }

  private static void array(
      PreparedStatement statement, int at, List<SeriesKey> keys, Function<SeriesKey, Object> part)
      throws SQLException {
    Object[] values = keys.stream().map(part).map(Object::toString).toArray();
    statement.setArray(at, statement.getConnection().createArrayOf("text", values));
  }

  private static SeriesKey key(ResultSet row) throws SQLException {
    return new SeriesKey(
        row.getString("target_id"),
        row.getString("vantage_point"),
        row.getString("target_host"),
        row.getBoolean("simulated"),
        Protocol.valueOf(row.getString("method")),
        ProbeMode.valueOf(row.getString("mode")),
        InetAddress.ofLiteral(row.getString("address")));
  }
}
