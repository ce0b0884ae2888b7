package io.nettrace.sample;

import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Reads single bursts, in order of time and then of series. */
final class BurstReader {
  /**
   * Several series are read window by window, because only within a window does the database have
   * to sort them. Windows grow while they bring little.
   */
  private static final Duration FIRST_WINDOW = Duration.ofDays(1);

  private static final int LITTLE = 5_000;

  private static final Sql FREEZE =
      Sql.of("set transaction isolation level repeatable read, read only");

  /** Who takes the rows; the record it is given is the same each time. */
  interface Sink {
    void accept(BurstRecord row);
  }

  private final Connection connection;
  private final BurstRecord row;

  BurstReader(Connection connection, Map<Integer, SeriesKey> series) {
    this.connection = connection;
    this.row = new BurstRecord(series);
  }

  /** What the queries of one transaction see is the record at one moment. */
  static void freeze(Connection transaction) throws SQLException {
    FREEZE.update(transaction);
  }

  void read(BurstQuery query, Sink sink) throws SQLException {
    if (query.series().size() == 1) {
      run(query, sink);
      return;
    }
    Instant start = query.after().map(BurstQuery.After::observedAt).orElse(query.from());
    Duration window = FIRST_WINDOW;
    int left = query.limit();
    while (start.isBefore(query.to())) {
      Instant end = earlier(start, window, query.to());
      int found = run(query.within(start, end).limit(left), sink);
      if (query.limit() > 0 && found == left) {
        return;
      }
      left = Math.max(0, left - found);
      window = found < LITTLE ? window.multipliedBy(2) : FIRST_WINDOW;
      start = end;
    }
  }

  private static Instant earlier(Instant start, Duration window, Instant end) {
    return Duration.between(start, end).compareTo(window) < 0 ? end : start.plus(window);
  }

  private int run(BurstQuery query, Sink sink) throws SQLException {
    int[] found = {0};
    CopyTuple.read(
        connection,
        query.sql(),
        tuple -> {
          row.show(tuple);
          found[0]++;
          sink.accept(row);
        });
    return found[0];
  }
}
