package io.nettrace.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.postgresql.PGStatement;

/** Reads a range from roll-ups as far as they are valid, and from single bursts where not. */
final class AggregateReader {
  /** Results arrive in binary at once and not only when a statement is known. */
  private static final int BINARY_AT_ONCE = -1;

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
  private Set<Instant> knownLater(RollUps.Level level, Instant from, Instant to)
      throws SQLException {
    Set<Instant> later = new TreeSet<>();
    if (asOf.isEmpty()) {
      return later;
    }
    String sql = "select distinct %2$s from %1$s where %3$s and known_until > ?";
    try (PreparedStatement query = query(level, sql, from, to)) {
      query.setObject(4, asOf.get().atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          later.add(row.getObject(1, OffsetDateTime.class).toInstant());
        }
      }
    }
    return later;
  }

  private void rollUps(RollUps.Level level, Cover.Piece piece, Function<Instant, Tally> tallies)
      throws SQLException {
    String sql = "select %2$s, " + Tally.COLUMNS + " from %1$s where %3$s order by 1";
    try (PreparedStatement query = query(level, sql, piece.start(), piece.end());
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Instant start = row.getObject(1, OffsetDateTime.class).toInstant();
        tallies.apply(start).add(row, 2);
      }
    }
  }

  private PreparedStatement query(RollUps.Level level, String sql, Instant from, Instant to)
      throws SQLException {
    String where = "series = any (?) and %1$s >= ? and %1$s < ?".formatted(level.column);
    PreparedStatement query =
        connection.prepareStatement(sql.formatted(level.table, level.column, where));
    query.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
    query.setArray(1, Due.array(connection, series.keySet()));
    query.setObject(2, from.atOffset(ZoneOffset.UTC));
    query.setObject(3, to.atOffset(ZoneOffset.UTC));
    return query;
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
