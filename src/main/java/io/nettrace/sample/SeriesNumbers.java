package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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
      unnest(:target_ids::text[], :vantage_points::text[], :hosts::text[], :simulated::boolean[],
        :methods::text[], :modes::text[], :addresses::inet[])
      as asked (%s)
      """
          .formatted(COLUMNS);
  private static final Sql FIND =
      Sql.of(
          """
          select id, s.target_id, s.vantage_point, s.target_host, s.simulated, s.method, s.mode,
            host(s.address) as address
          from series s join %s using (%s)
          """
              .formatted(ASKED, COLUMNS));
  // in one order, so that nodes that number the same series wait for each other in a row
  private static final Sql MAKE =
      Sql.of(
          """
          insert into series (%s) select * from %s
          order by 1, 2, 5, 7, 6, 3, 4 on conflict do nothing
          """
              .formatted(COLUMNS, ASKED));
  private static final String EVERY =
      """
      select id, target_id, vantage_point, target_host, simulated, method, mode,
        host(address) as address
      from series
      """;
  private static final Sql ALL = Sql.of(EVERY);
  private static final Sql OF_TARGET =
      Sql.of(EVERY + "where target_id = :target_id and vantage_point = :vantage_point");

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
      asking(MAKE, missing).update(transaction);
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
    Map<Integer, SeriesKey> found =
        read(
            connection,
            OF_TARGET
                .bind("target_id", selection.targetId())
                .bind("vantage_point", selection.vantagePoint()));
    selection.method().ifPresent(method -> found.values().removeIf(s -> s.method() != method));
    return found;
  }

  static Map<Integer, SeriesKey> all(Connection connection) throws SQLException {
    return read(connection, ALL);
  }

  private static Map<Integer, SeriesKey> read(Connection connection, Sql query)
      throws SQLException {
    Map<Integer, SeriesKey> found = new TreeMap<>();
    query.each(connection, row -> found.put(row.getInt("id"), key(row)));
    return found;
  }

  private static void find(
      Connection transaction, Set<SeriesKey> missing, Map<SeriesKey, Integer> numbers)
      throws SQLException {
    if (missing.isEmpty()) {
      return;
    }
    asking(FIND, missing)
        .each(
            transaction,
            row -> {
              SeriesKey key = key(row);
              numbers.put(key, row.getInt("id"));
              missing.remove(key);
            });
  }

  private static Sql asking(Sql sql, Collection<SeriesKey> keys) {
    List<SeriesKey> asked =
        keys.stream().sorted(Comparator.comparing(SeriesKey::targetId)).toList();
    return sql.bindArray("target_ids", "text", texts(asked, SeriesKey::targetId))
        .bindArray("vantage_points", "text", texts(asked, SeriesKey::vantagePoint))
        .bindArray("hosts", "text", texts(asked, SeriesKey::host))
        .bindArray("simulated", "text", texts(asked, SeriesKey::simulated))
        .bindArray("methods", "text", texts(asked, SeriesKey::method))
        .bindArray("modes", "text", texts(asked, SeriesKey::mode))
        .bindArray("addresses", "text", texts(asked, SeriesKey::addressText));
  }

  private static List<String> texts(List<SeriesKey> keys, Function<SeriesKey, Object> part) {
    return keys.stream().map(part).map(Object::toString).toList();
  }

  private static SeriesKey key(ResultSet row) throws SQLException {
    return new SeriesKey(
        row.getString("target_id"),
        row.getString("vantage_point"),
        row.getString("target_host"),
        row.getBoolean("simulated"),
        Columns.constant(row, "method", Protocol.class),
        Columns.constant(row, "mode", ProbeMode.class),
        InetAddress.ofLiteral(row.getString("address")));
  }
}
