package io.nettrace.sample;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What became known of one target, in that order: for pollers, which miss nothing and see nothing
 * twice however late measurements arrive (see {@link Arrivals}).
 *
 * <p>A page is read window by window of {@code known_at}. For each window the record says how far
 * back the measurements in it began, so that partitions are left out and the index of series and
 * time does: next to the newest that is a few rows. Only the newest revision of a burst is shown; a
 * correction or retraction comes when it becomes known.
 *
 * <p>A call reads for a while only: of a target of which little was measured it ends behind the
 * last window that it read, and the next call goes on there.
 */
@Service
public class KnownFeed {
  private static final Duration FIRST_WINDOW = Duration.ofHours(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(7);

  /** No call begins another window after so long, nor after so many of them. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

  private static final int MOST_WINDOWS = 64;

  /** What took longer than this is not tried at twice the length. */
  private static final Duration QUICK = LONG_ENOUGH.dividedBy(8);

  /** Clocks of scanners once were believed to be fast by a little. */
  private static final Duration FAST_CLOCK = Duration.ofHours(1);

  private static final String BURSTS =
      "select "
          + BurstWriter.COLUMNS
          + """
           from bursts b
          where series = any ('{%s}') and observed_at >= %s and observed_at < %s
            and known_at > %s and known_at <= %s
            and (known_at, observed_at, series) > (%s, %s, %s)
            and not exists (select from corrections c
              where c.series = b.series and c.observed_at = b.observed_at
                and c.revision > b.revision)
          order by known_at, observed_at, series limit %d
          """;
  private static final Sql TRACES =
      Sql.of(
          """
          select %1$s, known_at, %2$s as position_key from scan_metrics
          where target_id = :target_id and vantage_point = :vantage_point
            and observed_at >= :start and observed_at < :end
            and known_at > :after and known_at <= :until and method like :method
            and (known_at, observed_at, %2$s) > (:last_known_at, :last_observed_at, :last_key)
          order by known_at, observed_at, %2$s limit :limit
          """
              .formatted(Samples.TRACE_COLUMNS, Samples.TRACE_KEY));

  /** The record counts microseconds. */
  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

  private final Records records;
  private final LongSupplier nanos;

  /**
   * What became known after {@code after} and until {@code until}, of measurements that began from
   * {@code start} until before {@code end}.
   */
  private record Window(Instant after, Instant until, Instant start, Instant end) {}

  /** The row that a reader has come to; {@code key} tells rows of one moment apart. */
  private record Last(Instant knownAt, Instant observedAt, String key) {
    /** No row began at the epoch, nor has a series the number 0. */
    static Last of(KnownPosition position) {
      return position
          .row()
          .map(row -> new Last(position.knownAt(), row.observedAt(), row.key()))
          .orElseGet(() -> new Last(position.knownAt().plus(TICK), Instant.EPOCH, "0"));
    }
  }

  private interface Reading<T> {
    List<T> read(Window window, Last last, int limit) throws SQLException;
  }

  /** Where rows come from, and where a reader stands behind one. */
  private record Source<T>(Reading<T> reading, Function<T, KnownPosition> positions) {
    KnownPosition position(T row) {
      return positions.apply(row);
    }
  }

  @Inject
  KnownFeed(Records records) {
    this(records, System::nanoTime);
  }

  KnownFeed(Records records, LongSupplier nanos) {
    this.records = records;
    this.nanos = nanos;
  }

  /**
   * At most {@code limit} bursts that became known after {@code position}; what began out of the
   * selection's range is left out.
   */
  public KnownPage<RecordedBurst> bursts(Selection selection, KnownPosition position, int limit) {
    return records.run(
        selection.whose(),
        connection -> {
          Map<Integer, SeriesKey> series = SeriesNumbers.of(connection, selection);
          return page(
              connection,
              selection,
              position,
              limit,
              new Source<>(
                  (window, last, most) ->
                      series.isEmpty() ? List.of() : bursts(connection, series, window, last, most),
                  RecordedBurst::position));
        });
  }

  /** At most {@code limit} traces, in the same way. */
  public KnownPage<RecordedTrace> traces(Selection selection, KnownPosition position, int limit) {
    return records.run(
        selection.whose(),
        connection ->
            page(
                connection,
                selection,
                position,
                limit,
                new Source<>(
                    (window, last, most) -> traces(connection, selection, window, last, most),
                    RecordedTrace::position)));
  }

  /** How far the record is known is read first: what it says can be read by then. */
  private <T> KnownPage<T> page(
      Connection connection,
      Selection selection,
      KnownPosition position,
      int limit,
      Source<T> source)
      throws SQLException {
    Optional<Arrivals.Known> known = Arrivals.known(connection, selection.vantagePoint());
    Instant until = known.map(Arrivals.Known::until).orElseGet(position::knownAt);
    if (known.isEmpty() || until.isBefore(position.knownAt())) {
      return new KnownPage<>(List.of(), false, position.knownAt());
    }
    List<T> found = new ArrayList<>();
    Duration length = FIRST_WINDOW;
    Last last = Last.of(position);
    Instant after = last.knownAt().minus(TICK);
    long begun = nanos.getAsLong();
    long now = begun;
    for (int windows = 0; after.isBefore(until) && found.size() <= limit; windows++) {
      if (windows == MOST_WINDOWS || now - begun >= LONG_ENOUGH.toNanos()) {
        return new KnownPage<>(found, true, after);
      }
      Instant end = earlier(after.plus(length), until);
      Window window = window(connection, selection, known.get(), after, end);
      if (window.start().isBefore(window.end())) {
        found.addAll(source.reading().read(window, last, limit + 1 - found.size()));
      }
      after = end;
      long before = now;
      now = nanos.getAsLong();
      if (now - before <= QUICK.toNanos()) {
        length = earlier(length.multipliedBy(2), LONGEST_WINDOW);
      }
    }
    if (found.size() <= limit) {
      return new KnownPage<>(found, false, until);
    }
    List<T> shown = List.copyOf(found.subList(0, limit));
    // others of the last one's moment may be on the next page
    return new KnownPage<>(shown, true, source.position(shown.getLast()).knownAt().minus(TICK));
  }

  private static Window window(
      Connection connection,
      Selection selection,
      Arrivals.Known known,
      Instant after,
      Instant until)
      throws SQLException {
    Instant oldest =
        Arrivals.measuredFrom(connection, selection.vantagePoint(), known, after, until);
    return new Window(
        after,
        until,
        oldest.isBefore(selection.start()) ? selection.start() : oldest,
        earlier(until.plus(FAST_CLOCK), selection.end()));
  }

  private static <C extends Comparable<C>> C earlier(C one, C other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static List<RecordedBurst> bursts(
      Connection connection, Map<Integer, SeriesKey> series, Window window, Last last, int limit)
      throws SQLException {
    String sql =
        BURSTS.formatted(
            series.keySet().stream().map(Object::toString).collect(Collectors.joining(",")),
            BurstQuery.literal(window.start()),
            BurstQuery.literal(window.end()),
            BurstQuery.literal(window.after()),
            BurstQuery.literal(window.until()),
            BurstQuery.literal(last.knownAt()),
            BurstQuery.literal(last.observedAt()),
            Integer.parseInt(last.key()),
            limit);
    BurstRecord row = new BurstRecord(series);
    List<RecordedBurst> found = new ArrayList<>();
    CopyTuple.read(
        connection,
        sql,
        tuple -> {
          row.show(tuple);
          found.add(row.recorded());
        });
    return found;
  }

  private static List<RecordedTrace> traces(
      Connection connection, Selection selection, Window window, Last last, int limit)
      throws SQLException {
    return TRACES
        .bind("target_id", selection.targetId())
        .bind("vantage_point", selection.vantagePoint())
        .bind("start", window.start())
        .bind("end", window.end())
        .bind("after", window.after())
        .bind("until", window.until())
        .bind("method", selection.method().map(Protocol::name).orElse("%"))
        .bind("last_known_at", last.knownAt())
        .bind("last_observed_at", last.observedAt())
        .bind("last_key", last.key())
        .bind("limit", limit)
        .all(connection, Samples::recordedTrace);
  }
}
