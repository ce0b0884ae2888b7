package io.nettrace.sample;

import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Makes the partitions that rows need: by day where rows are many, else by month or year; always
 * UTC.
 */
final class Partitions {
  /** How far ahead partitions exist, so that midnight brings no surprise. */
  private static final int DAYS_AHEAD = 3;

  private static final String SCHEMA = "catalog.";
  private static final List<Series> ALL = Stream.of(Series.values()).toList();

  /** How long the partitions of a table are. */
  private enum Unit {
    DAY("yyyyMMdd"),
    MONTH("yyyyMM"),
    YEAR("yyyy");

    private final DateTimeFormatter form;

    Unit(String pattern) {
      form = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    private LocalDate start(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case MONTH -> day.withDayOfMonth(1);
        case YEAR -> day.withDayOfYear(1);
      };
    }

    private LocalDate end(LocalDate start) {
      return switch (this) {
        case DAY -> start.plusDays(1);
        case MONTH -> start.plusMonths(1);
        case YEAR -> start.plusYears(1);
      };
    }
  }

  /** A partitioned table. */
  enum Series {
    BURSTS(Unit.DAY),
    BURST_HOURS(Unit.MONTH),
    BURST_DAYS(Unit.YEAR),
    SCAN_METRICS(Unit.MONTH),
    SCAN_SNAPSHOTS(Unit.MONTH),
    ANSWER_SETS(Unit.MONTH),
    ROUTE_CHANGES(Unit.MONTH);

    private final Unit unit;
    private final String table = name().toLowerCase(Locale.ROOT);

    Series(Unit unit) {
      this.unit = unit;
    }

    String table() {
      return SCHEMA + table;
    }
  }

  private static final Sql PARTITIONS_OF =
      Sql.of(
          """
          select 'catalog.' || c.relname as name
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = :parent::regclass order by c.relname
          """);
  // not to_regclass, which may remember that there was none before we had the lock
  private static final Sql THERE =
      Sql.of(
          """
          select 'catalog.' || relname as name from pg_class
          where relnamespace = 'catalog'::regnamespace and relname = any (:tables::name[])
          """);
  private static final Sql WAIT_FOR_OTHERS = Sql.of("select pg_advisory_xact_lock(:lock)");
  private static final long LOCK = 0x7061727469746e73L; // "partitns"

  /** Partitions that are known to be committed. */
  private final Set<String> existing = ConcurrentHashMap.newKeySet();

  /** A partition that rows need: the one of {@code series} that begins with that day. */
  private record Needed(Series series, LocalDate start) {
    String name() {
      return SCHEMA + table();
    }

    /** The name without the schema. */
    String table() {
      return series.table + "_" + series.unit.form.format(start);
    }
  }

  /** Makes what measurements at {@code times} need; returns the names to {@link #confirm}. */
  Set<String> prepare(Connection transaction, Collection<Instant> times) throws SQLException {
    Map<String, Needed> needed = needed(times);
    if (!absent(transaction, needed).isEmpty()) {
      lock(transaction);
      for (Needed each : absent(transaction, needed)) {
        make(transaction, each);
      }
    }
    return needed.keySet();
  }

  /** What is not known to be there, by name. */
  private Map<String, Needed> needed(Collection<Instant> times) {
    Map<String, Needed> needed = new TreeMap<>();
    times.stream()
        .map(time -> time.atOffset(ZoneOffset.UTC).toLocalDate())
        .distinct()
        .flatMap(day -> ALL.stream().map(one -> new Needed(one, one.unit.start(day))))
        .filter(each -> !existing.contains(each.name()))
        .forEach(each -> needed.put(each.name(), each));
    return needed;
  }

  private static List<Needed> absent(Connection transaction, Map<String, Needed> needed)
      throws SQLException {
    if (needed.isEmpty()) {
      return List.of();
    }
    Set<String> there =
        Set.copyOf(
            THERE
                .bindArray("tables", "text", needed.values().stream().map(Needed::table).toList())
                .all(transaction, row -> row.getString("name")));
    return needed.entrySet().stream()
        .filter(each -> !there.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  Set<String> prepareAhead(Connection transaction, Instant now) throws SQLException {
    return prepare(
        transaction,
        Stream.iterate(now, t -> t.plus(java.time.Duration.ofDays(1)))
            .limit(DAYS_AHEAD + 1L)
            .toList());
  }

  /** A partition and the time it holds, from {@code start} until before {@code end}. */
  record Partition(Series series, String name, Instant start, Instant end) {}

  /** The partitions of {@code series} that end at {@code end} or before, the oldest first. */
  static List<Partition> endedBy(Connection connection, Series series, Instant end)
      throws SQLException {
    return PARTITIONS_OF
        .bind("parent", series.table())
        .all(connection, row -> partition(series, row.getString("name")))
        .stream()
        .filter(partition -> !partition.end().isAfter(end))
        .toList();
  }

  private static Partition partition(Series series, String name) {
    String suffix = name.substring(name.lastIndexOf('_') + 1);
    String first = suffix + "0101".substring(suffix.length() - 4);
    LocalDate start = LocalDate.parse(first, DateTimeFormatter.BASIC_ISO_DATE);
    return new Partition(series, name, utc(start), utc(series.unit.end(start)));
  }

  private static Instant utc(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Fails rather than wait long for a reader, since everybody else would wait behind it. */
  void drop(Connection transaction, Partition partition) throws SQLException {
    Records.NOT_LONG.update(transaction);
    lock(transaction);
    execute(transaction, "drop table " + partition.name());
    existing.remove(partition.name());
  }

  /** The transaction that made them has committed. */
  void confirm(Set<String> made) {
    existing.addAll(made);
  }

  /** Attached rather than made in place, which would lock readers and writers out of the table. */
  private static void make(Connection transaction, Needed partition) throws SQLException {
    Series series = partition.series();
    execute(
        transaction,
        "create table %s (like %s including all)".formatted(partition.name(), series.table()));
    execute(
        transaction,
        "alter table %s attach partition %s for values from ('%s 00:00+00') to ('%s 00:00+00')"
            .formatted(
                series.table(),
                partition.name(),
                partition.start(),
                series.unit.end(partition.start())));
  }

  /** Nodes make partitions one after another; the lock ends with the transaction. */
  private static void lock(Connection transaction) throws SQLException {
    boolean _ = WAIT_FOR_OTHERS.bind("lock", LOCK).any(transaction);
  }

  /** Definitions take no parameters. */
  private static void execute(Connection transaction, String definition) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute(definition);
    }
  }
}
