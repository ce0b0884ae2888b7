package io.nettrace.sample;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a range from roll-ups as far as they are valid, and from single bursts where not. */
final class AggregateReader {
  private final Connection connection;
  private final Map<Integer, SeriesKey> series;
  private final Optional<Instant> asOf;

  /** {@code transaction} must be {@linkplain BurstReader#freeze frozen}. */
  AggregateReader(Connection transaction, Map<Integer, SeriesKey> series, Optional<Instant> asOf) {
    this.connection = transaction;
    this.series = series;
    this.asOf = asOf;
  }

  /** Adds all there is to the tally that {@code tallies} names for its time. */
  void read(Instant start, Instant end, Duration step, Function<Instant, Tally> tallies)
      throws SQLException {
    for (Cover.Piece piece : cover(start, end, step)) {
      switch (piece.source()) {
        case BURSTS -> bursts(piece, tallies);
        case HOURS -> rollUps(RollUps.Level.HOURS, piece, tallies);
        case DAYS -> rollUps(RollUps.Level.DAYS, piece, tallies);
      }
    }
  }

  private Iterable<Cover.Piece> cover(Instant start, Instant end, Duration step)
      throws SQLException {
    if (step.toSeconds() % RollUps.HOUR.toSeconds() != 0) {
      return Cover.of(start, end, step, Set.of(), Set.of());
    }
    Instant from = Cover.floor(start, RollUps.DAY);
    Set<Instant> badHours = Due.HOURS.marked(connection, series.keySet(), from, end);
    badHours.addAll(knownLater(RollUps.Level.HOURS, from, end));
    Set<Instant> badDays = new TreeSet<>(Due.DAYS.marked(connection, series.keySet(), from, end));
    badDays.addAll(knownLater(RollUps.Level.DAYS, from, end));
    badHours.forEach(hour -> badDays.add(hour.truncatedTo(ChronoUnit.DAYS)));
    return Cover.of(start, end, step, badHours, badDays);
  }

  /** Roll-ups that hold, or were corrected by, what was not known yet. */
  private List<Instant> knownLater(RollUps.Level level, Instant from, Instant to)
      throws SQLException {
    return asOf.isEmpty()
        ? List.of()
        : ranging(level.knownLater, from, to)
            .bind("as_of", asOf.get())
            .all(connection, row -> Columns.time(row, "start"));
  }

  private void rollUps(RollUps.Level level, Cover.Piece piece, Function<Instant, Tally> tallies)
      throws SQLException {
    ranging(level.rows, piece.start(), piece.end())
        .eachInBinary(
            connection, row -> tallies.apply(Columns.time(row, level.column)).add(row, 2));
  }

  private Sql ranging(Sql sql, Instant from, Instant to) {
    return sql.bindArray("series", "integer", series.keySet()).bind("from", from).bind("to", to);
  }

  private void bursts(Cover.Piece piece, Function<Instant, Tally> tallies) throws SQLException {
    BurstQuery query =
        new BurstQuery(
            series.keySet(), piece.start(), piece.end(), asOf, Optional.empty(), 0, false);
    new BurstReader(connection, series)
        .read(
            query,
            row ->
                tallies
                    .apply(Instant.EPOCH.plus(row.observedAtMicros(), ChronoUnit.MICROS))
                    .add(row));
  }
}
