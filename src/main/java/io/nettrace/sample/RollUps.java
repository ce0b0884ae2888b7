package io.nettrace.sample;

import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes bursts together by the hour, and hours by the day: what is marked as {@link Due} is made
 * anew from what it consists of, in the transaction that takes the mark away.
 */
final class RollUps {
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  /** How long an hour or day is left alone after its end, since deliveries come a little later. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int HOURS_AT_ONCE = 24;
  private static final int DAYS_AT_ONCE = 7;
  private static final int SERIES_AT_ONCE = 500;
  private static final Sql HOURS_OF_DAY =
      Sql.of(
          """
          select series, %s from burst_hours
          where hour >= :start and hour < :end and series = any (:series)
          """
              .formatted(Tally.COLUMNS));

  private final Room room;

  private RollUps(Room room) {
    this.room = room;
  }

  /** Sees to it that rows of some times find their table. */
  private interface Room {
    void prepare(Connection transaction, Set<Instant> times) throws SQLException;
  }

  static RollUps into(Partitions partitions) {
    return new RollUps(
        (transaction, times) -> {
          Set<String> _ = partitions.prepare(transaction, times);
        });
  }

  /** For a record that is not partitioned. */
  static RollUps unpartitioned() {
    return new RollUps((_, _) -> {});
  }

  /** Rolls up some hours that are over and due; false when there were none. */
  boolean hours(Connection transaction, Instant now) throws SQLException {
    Instant end = now.minus(HOUR).minus(PATIENCE).plusNanos(1);
    Map<Instant, Set<Integer>> due = Due.HOURS.take(transaction, end, HOURS_AT_ONCE);
    Map<Instant, Set<Integer>> days = new TreeMap<>();
    room.prepare(transaction, due.keySet());
    for (var each : due.entrySet()) {
      Instant hour = each.getKey();
      for (Set<Integer> some : portions(each.getValue())) {
        replace(transaction, Level.HOURS, hour, some, bursts(transaction, hour, some));
      }
      days.computeIfAbsent(hour.truncatedTo(ChronoUnit.DAYS), _ -> new TreeSet<>())
          .addAll(each.getValue());
    }
    Due.DAYS.mark(transaction, days);
    return !due.isEmpty();
  }

  /** Rolls up some days that are over and due; false when there were none. */
  boolean days(Connection transaction, Instant now) throws SQLException {
    Instant end = now.minus(DAY).minus(PATIENCE).plusNanos(1);
    Map<Instant, Set<Integer>> due = Due.DAYS.take(transaction, end, DAYS_AT_ONCE);
    room.prepare(transaction, due.keySet());
    for (var each : due.entrySet()) {
      Instant day = each.getKey();
      for (Set<Integer> some : portions(each.getValue())) {
        replace(transaction, Level.DAYS, day, some, hours(transaction, day, some));
      }
    }
    return !due.isEmpty();
  }

  /** What is held in memory at a time. */
  private static List<Set<Integer>> portions(Set<Integer> series) {
    List<Set<Integer>> portions = new ArrayList<>();
    Set<Integer> portion = Set.of();
    for (Integer each : series) {
      if (portions.isEmpty() || portion.size() == SERIES_AT_ONCE) {
        portion = new TreeSet<>();
        portions.add(portion);
      }
      portion.add(each);
    }
    return portions;
  }

  /** A roll-up's table. */
  @SuppressWarnings("ImmutableEnumChecker") // a statement does not change
  enum Level {
    HOURS("burst_hours", "hour", HOUR),
    DAYS("burst_days", "day", DAY);

    final String table;
    final String column;
    final Duration length;

    /** The roll-ups of some series and a range, in order of time: {@link Tally} after the start. */
    final Sql rows;

    /** The starts of those that hold, or were corrected by, what became known after a moment. */
    final Sql knownLater;

    private final Sql delete;

    Level(String table, String column, Duration length) {
      this.table = table;
      this.column = column;
      this.length = length;
      String where =
          "where series = any (:series) and %1$s >= :from and %1$s < :to".formatted(column);
      rows =
          Sql.of(
              "select %s, %s from %s %s order by 1".formatted(column, Tally.COLUMNS, table, where));
      knownLater =
          Sql.of(
              "select distinct %s as start from %s %s and known_until > :as_of"
                  .formatted(column, table, where));
      delete =
          Sql.of(
              "delete from %s where %s = :start and series = any (:series)"
                  .formatted(table, column));
    }
  }

  private static Map<Integer, Tally> bursts(
      Connection transaction, Instant hour, Set<Integer> series) throws SQLException {
    Map<Integer, Tally> tallies = new HashMap<>();
    BurstQuery query =
        new BurstQuery(series, hour, hour.plus(HOUR), Optional.empty(), Optional.empty(), 0, true);
    new BurstReader(transaction, Map.of())
        .read(query, row -> tallies.computeIfAbsent(row.series(), _ -> Tally.ofFew()).add(row));
    return tallies;
  }

  private static Map<Integer, Tally> hours(Connection transaction, Instant day, Set<Integer> series)
      throws SQLException {
    Map<Integer, Tally> tallies = new HashMap<>();
    HOURS_OF_DAY
        .bind("start", day)
        .bind("end", day.plus(DAY))
        .bindArray("series", "integer", series)
        .each(
            transaction,
            row -> tallies.computeIfAbsent(row.getInt(1), _ -> Tally.ofFew()).add(row, 2));
    return tallies;
  }

  private static void replace(
      Connection transaction,
      Level level,
      Instant start,
      Set<Integer> series,
      Map<Integer, Tally> tallies)
      throws SQLException {
    level.delete.bind("start", start).bindArray("series", "integer", series).update(transaction);
    CopyBytes rows = new CopyBytes(tallies.size() * 512);
    for (var each : tallies.entrySet()) {
      rows.row(2 + Tally.COLUMN_COUNT).time(start).integer(each.getKey());
      each.getValue().write(rows);
    }
    rows.into(transaction, level.table, level.column + ", series, " + Tally.COLUMNS);
  }
}
