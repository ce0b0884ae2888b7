package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.Service;
import io.nettrace.scan.RecordOf;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the record holds of the past, the oldest first. {@code asOf} gives what was known then;
 * without it the newest revision of everything is read.
 */
@Service
public class History {
  /** A series has no more buckets than this; a longer one is refused. */
  public static final int MOST_BUCKETS = 10_000;

  /** Buckets are whole seconds. */
  public static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

  static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

  private static final String RANGE =
      " where target_id = ? and vantage_point = ? and observed_at >= ? and observed_at < ?"
          + " and known_at <= ? and method like ?";
  private static final String TRACES =
      "select %s, known_at, %s as position_key from scan_metrics"
              .formatted(Samples.TRACE_COLUMNS, Samples.TRACE_KEY)
          + RANGE;
  private static final String AFTER =
      " and (observed_at, method, host(address)) > (?, ?, host(?::inet))";
  private static final String ORDER = " order by observed_at, method, host(address)";

  private static final String HOPS =
      """
      select observed_at, method, mode, host(address) as address, trace_end, route_hash, hops
      from scan_snapshots
      where target_id = ? and vantage_point = ? and observed_at <= ?
      order by observed_at desc limit 1
      """;

  private final Records records;

  @Inject
  History(Records records) {
    this.records = records;
  }

  /** How many buckets {@link #series} would need at most. */
  public static long buckets(Selection selection, Duration step) {
    long seconds = step.toSeconds();
    long first = Math.floorDiv(selection.start().getEpochSecond(), seconds);
    long last = Math.floorDiv(selection.end().minusNanos(1).getEpochSecond(), seconds);
    return last - first + 1;
  }

  /**
   * The range in buckets of {@code step}, which begin at multiples of {@code step} since
   * 1970-01-01T00:00Z (a day is 86,400 s of UTC). Buckets without a burst are left out; those at
   * the edges hold only what lies in the range.
   *
   * @throws IllegalArgumentException when the step is no whole number of seconds or more than
   *     {@link #MOST_BUCKETS} would be needed
   */
  public List<Aggregate> series(Selection selection, Duration step, Optional<Instant> asOf) {
    check(selection, step);
    NavigableMap<Instant, Tally> buckets = new TreeMap<>();
    aggregates(
        selection,
        step,
        asOf,
        time -> buckets.computeIfAbsent(Cover.floor(time, step), _ -> Tally.ofFew()));
    return buckets.entrySet().stream()
        .filter(bucket -> !bucket.getValue().isEmpty())
        .map(bucket -> bucket.getValue().aggregate(bucket.getKey(), bucket.getKey().plus(step)))
        .toList();
  }

  /** The whole range taken together; empty when no burst is in it. */
  public Optional<Aggregate> summary(Selection selection, Optional<Instant> asOf) {
    Tally all = Tally.ofMany();
    aggregates(selection, RollUps.DAY, asOf, _ -> all);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.aggregate(selection.start(), selection.end()));
  }

  /** At most {@code limit} bursts, after {@code position} if there is one. */
  public List<RecordedBurst> bursts(
      Selection selection, Optional<Instant> asOf, Optional<Position> position, int limit) {
    List<RecordedBurst> found = new ArrayList<>();
    read(selection, asOf, position, limit, row -> found.add(row.recorded()));
    return found;
  }

  public List<RecordedBurst> bursts(Selection selection, Optional<Position> position, int limit) {
    return bursts(selection, Optional.empty(), position, limit);
  }

  /** At most {@code limit} traces, after {@code position} if there is one. */
  public List<RecordedTrace> traces(
      Selection selection, Optional<Instant> asOf, Optional<Position> position, int limit) {
    return page(TRACES, selection, asOf, position, limit, Samples::recordedTrace);
  }

  /** Hands every burst over, holding only a few in memory. */
  public void stream(Selection selection, Optional<Instant> asOf, Consumer<BurstSample> sink) {
    read(selection, asOf, Optional.empty(), 0, row -> sink.accept(row.sample()));
  }

  public void stream(Selection selection, Consumer<BurstSample> sink) {
    stream(selection, Optional.empty(), sink);
  }

  /**
   * Hands every burst over as fast as it can be had: for files of many rows. The sink sees one
   * object whose content changes; if it is slow the database waits, if it throws the export ends.
   */
  public void export(Selection selection, Optional<Instant> asOf, Consumer<BurstRow> sink) {
    read(selection, asOf, Optional.empty(), 0, sink::accept);
  }

  /** The newest trace that was kept hop by hop. */
  public Optional<HopSnapshot> newestHops(String targetId, String vantagePoint) {
    return hopsAt(RecordOf.CATALOGUE, targetId, vantagePoint, END_OF_TIME);
  }

  /** The newest trace kept hop by hop that began at {@code at} or before. */
  public Optional<HopSnapshot> hopsAt(
      RecordOf whose, String targetId, String vantagePoint, Instant at) {
    return records.run(
        whose,
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(HOPS)) {
            query.setString(1, targetId);
            query.setString(2, vantagePoint);
            query.setObject(3, at.atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? Optional.of(hops(row)) : Optional.empty();
            }
          }
        });
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private void read(
      Selection selection,
      Optional<Instant> asOf,
      Optional<Position> position,
      int limit,
      BurstReader.Sink sink) {
    overSeries(
        selection,
        (tx, series) -> {
          BurstQuery query =
              new BurstQuery(
                  series.keySet(),
                  selection.start(),
                  selection.end(),
                  asOf,
                  position.map(last -> after(last, series)),
                  limit,
                  false);
          new BurstReader(tx, series).read(query, sink);
        });
  }

  private void aggregates(
      Selection selection,
      Duration step,
      Optional<Instant> asOf,
      Function<Instant, Tally> tallies) {
    overSeries(
        selection,
        (tx, series) ->
            new AggregateReader(tx, series, asOf)
                .read(selection.start(), selection.end(), step, tallies));
  }

  private interface Reading {
    void run(Connection transaction, Map<Integer, SeriesKey> series) throws SQLException;
  }

  /** All queries of a reading see the record at one moment. */
  private void overSeries(Selection selection, Reading reading) {
    records.reading(
        selection.whose(),
        tx -> {
          Map<Integer, SeriesKey> series = SeriesNumbers.of(tx, selection);
          if (!series.isEmpty()) {
            reading.run(tx, series);
          }
          return true;
        });
  }

  private static BurstQuery.After after(Position last, Map<Integer, SeriesKey> series) {
    int number = 0;
    for (var each : series.entrySet()) {
      if (each.getValue().method().name().equals(last.method())
          && each.getValue().addressText().equals(last.address())) {
        number = Math.max(number, each.getKey());
      }
    }
    return new BurstQuery.After(last.observedAt(), number);
  }

  private <T> List<T> page(
      String sql,
      Selection selection,
      Optional<Instant> asOf,
      Optional<Position> position,
      int limit,
      RowReader<T> reader) {
    return records.run(
        selection.whose(),
        connection -> {
          String page = sql + (position.isPresent() ? AFTER : "") + ORDER + " limit ?";
          try (PreparedStatement query = connection.prepareStatement(page)) {
            int next = bind(query, selection, asOf);
            if (position.isPresent()) {
              next = bind(query, next, position.get());
            }
            query.setInt(next, limit);
            return read(query, reader);
          }
        });
  }

  private static <T> List<T> read(PreparedStatement query, RowReader<T> reader)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(reader.read(row));
      }
    }
    return found;
  }

  private static void check(Selection selection, Duration step) {
    if (!step.equals(step.truncatedTo(ChronoUnit.SECONDS)) || step.compareTo(SHORTEST_STEP) < 0) {
      throw new IllegalArgumentException("a step is whole seconds, at least one: " + step);
    }
    long buckets = buckets(selection, step);
    if (buckets > MOST_BUCKETS) {
      throw new IllegalArgumentException(buckets + " buckets; at most " + MOST_BUCKETS);
    }
  }

  private static HopSnapshot hops(ResultSet row) throws SQLException {
    return new HopSnapshot(
        Samples.time(row, "observed_at"),
        Protocol.valueOf(row.getString("method")),
        ProbeMode.valueOf(row.getString("mode")),
        InetAddress.ofLiteral(row.getString("address")),
        TraceEnd.valueOf(row.getString("trace_end")),
        Optional.ofNullable(row.getString("route_hash")),
        HopsJson.read(row.getString("hops")));
  }

  private static int bind(PreparedStatement query, Selection selection, Optional<Instant> asOf)
      throws SQLException {
    query.setString(1, selection.targetId());
    query.setString(2, selection.vantagePoint());
    query.setObject(3, selection.start().atOffset(ZoneOffset.UTC));
    query.setObject(4, selection.end().atOffset(ZoneOffset.UTC));
    query.setObject(5, asOf.orElse(END_OF_TIME).atOffset(ZoneOffset.UTC));
    query.setString(6, selection.method().map(Protocol::name).orElse("%"));
    return 7;
  }

  private static int bind(PreparedStatement query, int from, Position position)
      throws SQLException {
    query.setObject(from, position.observedAt().atOffset(ZoneOffset.UTC));
    query.setString(from + 1, position.method());
    query.setString(from + 2, position.address());
    return from + 3;
  }
}
