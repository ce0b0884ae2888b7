package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.scan.RecordOf;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

  private static final String TRACES =
      """
      select %s, known_at, %s as position_key from scan_metrics
      where target_id = :target_id and vantage_point = :vantage_point
        and observed_at >= :start and observed_at < :end and known_at <= :as_of
        and method like :method
      """
          .formatted(Samples.TRACE_COLUMNS, Samples.TRACE_KEY);
  private static final String ORDER = "order by observed_at, method, host(address) limit :limit";
  private static final Sql FIRST_TRACES = Sql.of(TRACES + ORDER);
  private static final Sql TRACES_AFTER =
      Sql.of(
          TRACES
              + "and (observed_at, method, host(address))"
              + " > (:after, :after_method, host(:after_address::inet)) "
              + ORDER);

  private static final Sql HOPS =
      Sql.of(
          """
          select observed_at, method, mode, host(address) as address, trace_end, route_hash, hops
          from scan_snapshots
          where target_id = :target_id and vantage_point = :vantage_point and observed_at <= :at
          order by observed_at desc limit 1
          """);

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
    Sql query =
        position
            .map(History::tracesAfter)
            .orElse(FIRST_TRACES)
            .bind("target_id", selection.targetId())
            .bind("vantage_point", selection.vantagePoint())
            .bind("start", selection.start())
            .bind("end", selection.end())
            .bind("as_of", asOf.orElse(END_OF_TIME))
            .bind("method", selection.method().map(Protocol::name).orElse("%"))
            .bind("limit", limit);
    return records.run(
        selection.whose(), connection -> query.all(connection, Samples::recordedTrace));
  }

  private static Sql tracesAfter(Position last) {
    return TRACES_AFTER
        .bind("after", last.observedAt())
        .bind("after_method", last.method())
        .bind("after_address", last.address());
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
    Sql query = HOPS.bind("target_id", targetId).bind("vantage_point", vantagePoint).bind("at", at);
    return records.run(whose, connection -> query.first(connection, History::hops));
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
        Columns.time(row, "observed_at"),
        Columns.constant(row, "method", Protocol.class),
        Columns.constant(row, "mode", ProbeMode.class),
        InetAddress.ofLiteral(row.getString("address")),
        Columns.constant(row, "trace_end", TraceEnd.class),
        Columns.optionalText(row, "route_hash"),
        HopsJson.read(row.getString("hops")));
  }
}
