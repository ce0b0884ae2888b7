package io.nettrace.sample;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Makes the partitions that rows need: by day where rows are many, else by month; always UTC. */
final class Partitions {
  /** How far ahead partitions exist, so that midnight brings no surprise. */
  private static final int DAYS_AHEAD = 3;

  private static final List<Series> ALL = Stream.of(Series.values()).toList();

  /** A partitioned table. */
  enum Series {
    BURST_METRICS(true),
    SCAN_METRICS(false),
    SCAN_SNAPSHOTS(false),
    ANSWER_SETS(false),
    ROUTE_CHANGES(false);

    private final boolean daily;

    Series(boolean daily) {
      this.daily = daily;
    }

    String table() {
      return "catalog." + name().toLowerCase(java.util.Locale.ROOT);
    }

    private LocalDate start(LocalDate day) {
      return daily ? day : day.withDayOfMonth(1);
    }

    private LocalDate end(LocalDate start) {
      return daily ? start.plusDays(1) : start.plusMonths(1);
    }

    private String partition(LocalDate start) {
      DateTimeFormatter form = daily ? DateTimeFormatter.BASIC_ISO_DATE : MONTH;
      return table() + "_" + form.format(start);
    }
  }

  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");

  private static final long LOCK = 0x7061727469746e73L; // "partitns"

  /** Partitions that are known to be committed. */
  private final Set<String> existing = ConcurrentHashMap.newKeySet();

  /** Makes what measurements at {@code times} need; returns the names to {@link #confirm}. */
  Set<String> prepare(Connection transaction, Collection<Instant> times) throws SQLException {
    Set<String> made = new java.util.TreeSet<>();
    List<LocalDate> days =
        times.stream().map(t -> t.atOffset(ZoneOffset.UTC).toLocalDate()).distinct().toList();
    try (Statement statement = transaction.createStatement()) {
      for (LocalDate day : days) {
        for (Series series : ALL) {
          prepare(statement, series, series.start(day), made);
        }
      }
    }
    return made;
  }

  Set<String> prepareAhead(Connection transaction, Instant now) throws SQLException {
    return prepare(
        transaction,
        Stream.iterate(now, t -> t.plus(java.time.Duration.ofDays(1)))
            .limit(DAYS_AHEAD + 1L)
            .toList());
  }

  /** The transaction that made them has committed. */
  void confirm(Set<String> made) {
    existing.addAll(made);
  }

  private void prepare(Statement statement, Series series, LocalDate start, Set<String> made)
      throws SQLException {
    String partition = series.partition(start);
    if (existing.contains(partition) || !made.add(partition)) {
      return;
    }
    lock(statement);
    if (isThere(statement, partition)) {
      return;
    }
    // attached rather than made in place, which would lock readers and writers out of the table
    statement.execute(
        "create table %s (like %s including all)".formatted(partition, series.table()));
    statement.execute(
        "alter table %s attach partition %s for values from ('%s 00:00+00') to ('%s 00:00+00')"
            .formatted(series.table(), partition, start, series.end(start)));
  }

  /** Nodes make partitions one after another; the lock ends with the transaction. */
  private static void lock(Statement statement) throws SQLException {
    statement.execute("select pg_advisory_xact_lock(%d)".formatted(LOCK));
  }

  private static boolean isThere(Statement statement, String partition) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select to_regclass('%s') is not null".formatted(partition))) {
      return row.next() && row.getBoolean(1);
    }
  }
}
