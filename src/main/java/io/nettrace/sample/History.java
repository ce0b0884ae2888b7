package io.nettrace.sample;

import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

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

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

  /** Rows that stay in memory while a whole range is streamed. */
  private static final int FETCH_SIZE = 500;

  private static final String RANGE =
      " where target_id = ? and vantage_point = ? and observed_at >= ? and observed_at < ?"
          + " and known_at <= ? and method like ?";
  private static final String BURSTS =
      "select "
          + Samples.BURST_COLUMNS
          + ", target_host, simulated, known_at, histogram from catalog.burst_metrics"
          + RANGE;
  private static final String TRACES =
      "select " + Samples.TRACE_COLUMNS + " from catalog.scan_metrics" + RANGE;
  private static final String AFTER = " and (observed_at, method, host(address)) > (?, ?, ?)";
  private static final String ORDER = " order by observed_at, method, host(address)";

  private static final String HOPS =
      """
      select observed_at, method, mode, host(address) as address, trace_end, route_hash, hops
      from catalog.scan_snapshots
      where target_id = ? and vantage_point = ? and observed_at <= ?
      order by observed_at desc limit 1
      """;

  private final Database database;

  @Inject
  History(Database database) {
    this.database = database;
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
    NavigableMap<Long, AggregateBuilder> buckets = new TreeMap<>();
    long seconds = step.toSeconds();
    rows(
        selection,
        asOf,
        row -> {
          BurstSample burst = Samples.burst(row);
          long start = Math.floorDiv(burst.observedAt().getEpochSecond(), seconds) * seconds;
          buckets.computeIfAbsent(start, _ -> bucket(start, seconds)).add(burst, histogram(row));
        });
    return buckets.values().stream().map(AggregateBuilder::aggregate).toList();
  }

  /** The whole range taken together; empty when no burst is in it. */
  public Optional<Aggregate> summary(Selection selection, Optional<Instant> asOf) {
    AggregateBuilder all = new AggregateBuilder(selection.start(), selection.end());
    rows(selection, asOf, row -> all.add(Samples.burst(row), histogram(row)));
    Aggregate aggregate = all.aggregate();
    return aggregate.bursts() == 0 ? Optional.empty() : Optional.of(aggregate);
  }

  /** At most {@code limit} bursts, after {@code position} if there is one. */
  public List<BurstSample> bursts(
      Selection selection, Optional<Instant> asOf, Optional<Position> position, int limit) {
    return page(BURSTS, selection, asOf, position, limit, Samples::burst);
  }

  public List<BurstSample> bursts(Selection selection, Optional<Position> position, int limit) {
    return bursts(selection, Optional.empty(), position, limit);
  }

  /** At most {@code limit} traces, after {@code position} if there is one. */
  public List<TraceSample> traces(
      Selection selection, Optional<Instant> asOf, Optional<Position> position, int limit) {
    return page(TRACES, selection, asOf, position, limit, Samples::trace);
  }

  /** Hands every burst over, holding only a few in memory. */
  public void stream(Selection selection, Optional<Instant> asOf, Consumer<BurstSample> sink) {
    rows(selection, asOf, row -> sink.accept(Samples.burst(row)));
  }

  public void stream(Selection selection, Consumer<BurstSample> sink) {
    stream(selection, Optional.empty(), sink);
  }

  /**
   * Hands every burst over as fast as it can be had: for files of many rows. The sink sees one
   * object whose content changes; if it is slow the database waits, if it throws the export ends.
   */
  public void export(Selection selection, Optional<Instant> asOf, Consumer<BurstRow> sink) {
    rows(selection, asOf, row -> sink.accept(ResultRow.of(row)));
  }

  /** The newest trace that was kept hop by hop. */
  public Optional<HopSnapshot> newestHops(String targetId, String vantagePoint) {
    return hopsAt(targetId, vantagePoint, END_OF_TIME);
  }

  /** The newest trace kept hop by hop that began at {@code at} or before. */
  public Optional<HopSnapshot> hopsAt(String targetId, String vantagePoint, Instant at) {
    return database.run(
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

  private interface RowSink {
    void accept(ResultSet row) throws SQLException;
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private void rows(Selection selection, Optional<Instant> asOf, RowSink sink) {
    database.transaction(
        tx -> {
          try (PreparedStatement query = tx.prepareStatement(BURSTS + ORDER)) {
            bind(query, selection, asOf);
            query.setFetchSize(FETCH_SIZE);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                sink.accept(row);
              }
            }
          }
          return true;
        });
  }

  private <T> List<T> page(
      String sql,
      Selection selection,
      Optional<Instant> asOf,
      Optional<Position> position,
      int limit,
      RowReader<T> reader) {
    return database.run(
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

  private static AggregateBuilder bucket(long start, long seconds) {
    return new AggregateBuilder(
        Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + seconds));
  }

  private static Optional<DelayHistogram> histogram(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getBytes("histogram")).map(DelayHistogram::decode);
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
