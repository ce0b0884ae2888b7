package io.nettrace.sample;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
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
@SuppressWarnings("ImmutableEnumChecker") // a statement does not change
enum Due {
  HOURS("hours_due", "hour"),
  DAYS("days_due", "day");

  private final Sql mark;
  private final Sql take;
  private final Sql marked;
  private final Sql any;

  Due(String table, String column) {
    mark = Sql.of("insert into %s values (:start, :series)".formatted(table));
    take =
        Sql.of(
            """
            with taken as (
              delete from %1$s where %2$s in (
                select distinct %2$s from %1$s where %2$s < :end order by 1 limit :most)
              returning %2$s as start, series)
            select distinct start, one from taken, unnest(series) one
            """
                .formatted(table, column));
    marked =
        Sql.of(
            """
            select distinct %2$s as start from %1$s
            where %2$s >= :from and %2$s < :to and series && :series
            """
                .formatted(table, column));
    any =
        Sql.of(
            "select 1 from %1$s where %2$s >= :from and %2$s < :to limit 1"
                .formatted(table, column));
  }

  void mark(Connection transaction, Map<Instant, Set<Integer>> seriesByStart) throws SQLException {
    Sql.batch(
        transaction,
        seriesByStart.entrySet().stream()
            .map(
                each ->
                    mark.bind("start", each.getKey())
                        .bindArray("series", "integer", each.getValue()))
            .toList());
  }

  /** Takes away the marks of the oldest {@code most} starts before {@code end}. */
  Map<Instant, Set<Integer>> take(Connection transaction, Instant end, int most)
      throws SQLException {
    Map<Instant, Set<Integer>> taken = new TreeMap<>();
    take.bind("end", end)
        .bind("most", most)
        .each(
            transaction,
            row ->
                taken
                    .computeIfAbsent(Columns.time(row, "start"), _ -> new TreeSet<>())
                    .add(row.getInt("one")));
    return taken;
  }

  /** The starts from {@code from} until before {@code to} that are marked for any of the series. */
  Set<Instant> marked(Connection connection, Collection<Integer> series, Instant from, Instant to)
      throws SQLException {
    return new TreeSet<>(
        marked
            .bind("from", from)
            .bind("to", to)
            .bindArray("series", "integer", series)
            .all(connection, row -> Columns.time(row, "start")));
  }

  /** Whether anything from {@code from} until before {@code to} is marked. */
  boolean any(Connection connection, Instant from, Instant to) throws SQLException {
    return any.bind("from", from).bind("to", to).any(connection);
  }
}
