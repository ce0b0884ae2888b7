package io.nettrace.sample;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what every target's state at this moment is made of. */
final class NewestBursts {
  /** Who takes the rows; the record it is given is the same each time. */
  interface Sink {
    void accept(SeriesKey series, BurstRecord row);
  }

  private NewestBursts() {}

  /** The newest burst of each series that has one after {@code since}. */
  static void each(Connection connection, Instant since, Sink sink) throws SQLException {
    String newest = question(since).where("s.id") + " order by observed_at desc limit 1";
    read(connection, "select n.* from series s cross join lateral (%s) n".formatted(newest), sink);
  }

  /** Every burst after {@code since}. */
  static void since(Connection connection, Instant since, Sink sink) throws SQLException {
    read(connection, question(since).where("b.series"), sink);
  }

  private static BurstQuery question(Instant since) {
    return new BurstQuery(
        List.of(), since, History.END_OF_TIME, Optional.empty(), Optional.empty(), 0, false);
  }

  private static void read(Connection connection, String sql, Sink sink) throws SQLException {
    Map<Integer, SeriesKey> series = SeriesNumbers.all(connection);
    BurstRecord row = new BurstRecord(series);
    CopyTuple.read(
        connection,
        sql,
        tuple -> {
          row.show(tuple);
          SeriesKey key = series.get(row.series());
          if (key != null) {
            sink.accept(key, row);
          }
        });
  }
}
