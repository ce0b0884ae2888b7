package io.nettrace.sample;

import io.nettrace.export.BurstFile;
import io.nettrace.export.Compression;
import io.nettrace.export.Format;
import io.nettrace.export.Source;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.Migrations;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.tenant.NoTenants;
import io.nettrace.testing.SharedPostgres;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What the record costs, against PostgreSQL's own client in the same run: ingest, a year's p99, 90
 * days as JSON, a million rows as CSV, bytes per burst, and one day in a store of two years. Takes
 * the names of the rows to measure; all without.
 */
public final class StoreBenchmark {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int DAYS = 730;
  private static final Instant END = START.plus(Duration.ofDays(DAYS));
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final int INGESTED = 144_000;
  private static final int DELIVERY = 1_000;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int REPEATS = 7;
  private static final int PAIRS = 301;
  private static final java.util.regex.Pattern COMMA = java.util.regex.Pattern.compile(",");

  /** Whole targets beside the measured one, and how many more in its last days. */
  private static final int COPIES = 9;

  private static final int LAST_COPIES = 90;
  private static final RetentionConfig KEEP =
      RetentionConfig.from(io.nettrace.platform.Settings.of(java.util.Map.of()));

  private final Psql psql;
  private final Database database;
  private final StoreFill fill;
  private final History history;

  private StoreBenchmark(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    psql = new Psql(url);
    DataSource kept = KeptConnection.of(source);
    database = new Database(() -> kept);
    new Migrations(database).apply();
    fill = new StoreFill(database);
    history = new History(new Records(database, new NoTenants(database).walls()));
  }

  public static void main(String[] arguments) throws Exception {
    List<String> rows =
        arguments.length == 0 ? List.of("ingest", "read", "day") : List.of(arguments);
    if (rows.contains("ingest")) {
      new StoreBenchmark(SharedPostgres.freshUrl()).ingest();
    }
    if (rows.contains("read")) {
      new StoreBenchmark(SharedPostgres.freshUrl()).read();
    }
    if (rows.contains("day")) {
      new StoreBenchmark(SharedPostgres.freshUrl()).lastDay();
    }
    System.out.println();
    System.exit(0);
  }

  private void ingest() throws Exception {
    List<MeasuredBurst> bursts = fill.bursts("warm", START, Duration.ofMillis(500), INGESTED);
    for (int round = 0; round < 3; round++) {
      fill.execute("truncate catalog.bursts, catalog.hours_due");
      long began = System.nanoTime();
      for (int i = 0; i < bursts.size(); i += DELIVERY) {
        fill.store(START, bursts.subList(i, Math.min(bursts.size(), i + DELIVERY)));
      }
      double store = millis(began);
      Path rows = Files.createTempFile("bursts", ".copy");
      psql.millis("\\copy (select * from catalog.bursts) to '%s'".formatted(rows));
      double bare =
          psql.millis("truncate catalog.bursts", "\\copy catalog.bursts from '%s'".formatted(rows));
      Files.delete(rows);
      System.out.printf(
          "%ningest of %,d bursts by %,d: %,.0f rows/s; psql, one COPY: %,.0f rows/s; ratio %.2f",
          INGESTED, DELIVERY, INGESTED / store * 1e3, INGESTED / bare * 1e3, bare / store);
    }
  }

  private void read() throws Exception {
    fill.days("venue", START, DAYS, MINUTE);
    fill.days("slow", END.minus(Duration.ofDays(90)), 90, QUARTER);
    fill.execute("vacuum analyze");
    size();
    Upkeep upkeep =
        new Upkeep(
            database,
            KEEP,
            new Partitions(),
            new Chores(database),
            Clock.fixed(END.plus(Duration.ofDays(2)), ZoneOffset.UTC));
    long began = System.nanoTime();
    upkeep.upkeep();
    System.out.printf("%nrolling %,d bursts up: %,.0f ms", DAYS * 1440, millis(began));
    fill.execute("vacuum analyze");
    System.out.printf(
        "%nroll-ups: %.1f bytes per burst",
        (double) (size("catalog.burst_hours") + size("catalog.burst_days")) / (DAYS * 1440 + 8640));
    p99();
    ninetyDays();
    million();
  }

  private void size() {
    long bytes = size("catalog.bursts");
    long count = number("select count(*) from catalog.bursts");
    System.out.printf(
        "%n%,d bursts of ten probes: %.1f bytes each with index", count, (double) bytes / count);
  }

  private void p99() {
    Selection year = selection("venue", END.minus(Duration.ofDays(365)), END);
    double millis = median(() -> history.summary(year, Optional.empty()));
    Aggregate all = history.summary(year, Optional.empty()).orElseThrow();
    System.out.printf(
        "%np99 of %,d bursts over 365 days: %.1f ms (p99 %,d ns)",
        all.bursts(), millis, all.percentileNanos(99).orElseThrow());
    Selection odd = selection("venue", year.start().plusSeconds(1234), END.minusSeconds(4321));
    System.out.printf(
        "%n  the same with edges that cut hours: %.1f ms",
        median(() -> history.summary(odd, Optional.empty())));
    System.out.printf(
        "%n  365 days by the day: %.1f ms",
        median(() -> history.series(year, RollUps.DAY, Optional.empty())));
    System.out.printf(
        "%n  365 days by the hour: %.1f ms",
        median(() -> history.series(year, RollUps.HOUR, Optional.empty())));
  }

  private void ninetyDays() throws Exception {
    Selection range = selection("slow", END.minus(Duration.ofDays(90)), END);
    double json = median(() -> file(range, Format.JSON, OutputStream.nullOutputStream()));
    double copy = psqlMedian(rowsOf("slow"));
    System.out.printf(
        "%n90 days by 15 min as JSON: %.1f ms; psql COPY of the rows as stored: %.1f ms; ratio"
            + " %.2f",
        json, copy, json / copy);
  }

  private void million() throws Exception {
    Selection all = selection("venue", START, END);
    Path csv = Files.createTempFile("export", ".csv");
    double ours =
        median(
            3,
            () -> {
              try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv))) {
                file(all, Format.CSV, out);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    wide(csv);
    Path copied = Files.createTempFile("copied", ".csv");
    double same = Double.MAX_VALUE;
    double stored = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      same = Math.min(same, psql.millis("\\copy public.wide to '%s' csv".formatted(copied)));
      String sql = "\\copy (%s) to '%s' csv".formatted(rowsOf("venue"), copied);
      stored = Math.min(stored, psql.millis(sql));
    }
    System.out.printf(
        "%n%,d rows as CSV: %,.0f ms; psql COPY of the same columns: %,.0f ms, ratio of rows/s"
            + " %.2f; of the rows as stored: %,.0f ms, %.2f",
        DAYS * 1440, ours, same, same / ours, stored, stored / ours);
    Files.delete(csv);
    Files.delete(copied);
  }

  /** The exported columns as a table of their own. */
  private void wide(Path csv) throws Exception {
    String header;
    try (var lines = Files.newBufferedReader(csv)) {
      header = lines.readLine();
    }
    StringBuilder columns = new StringBuilder();
    for (String column : COMMA.splitAsStream(header).toList()) {
      String type =
          column.endsWith("_at")
              ? "timestamptz"
              : column.endsWith("_ms") || column.endsWith("_ratio") ? "float8" : "text";
      columns.append(columns.isEmpty() ? "" : ", ").append(column).append(' ').append(type);
    }
    fill.execute("create table public.wide (%s)".formatted(columns));
    psql.millis("\\copy public.wide from '%s' csv header".formatted(csv));
    fill.execute("vacuum analyze public.wide");
  }

  private void lastDay() {
    StoreBenchmark empty = new StoreBenchmark(SharedPostgres.freshUrl());
    Instant yesterday = END.minus(Duration.ofDays(1));
    empty.fill.store(END, fill.bursts("venue", yesterday, MINUTE, 1440));
    empty.fill.execute("vacuum analyze");
    fill.days("venue", START, DAYS, MINUTE);
    fill.copies("venue", "whole", COPIES, START);
    fill.copies("venue", "late", LAST_COPIES, END.minus(Duration.ofDays(2)));
    fill.execute("vacuum analyze");
    System.out.printf("%na store of %,d bursts:", number("select count(*) from catalog.bursts"));
    String partition = "catalog.bursts_" + DAY.format(yesterday);
    System.out.printf(
        "%n  a day of 100 targets: %.1f bytes per burst with index",
        (double) number("select pg_total_relation_size('%s')".formatted(partition))
            / number("select count(*) from " + partition));
    Selection day = selection("venue", yesterday, END);
    for (int i = 0; i < 3; i++) {
      double[] alone = new double[PAIRS];
      double[] crowded = new double[PAIRS];
      for (int pair = 0; pair < PAIRS; pair++) {
        alone[pair] = empty.median(1, () -> empty.read(day));
        crowded[pair] = median(1, () -> read(day));
      }
      Arrays.sort(alone);
      Arrays.sort(crowded);
      System.out.printf(
          "%n  a target's last day: %.2f ms; in a store without others: %.2f ms; ratio %.2f",
          crowded[PAIRS / 2], alone[PAIRS / 2], crowded[PAIRS / 2] / alone[PAIRS / 2]);
    }
  }

  private void read(Selection day) {
    history.bursts(day, Optional.empty(), Optional.empty(), 2_000);
  }

  private void file(Selection selection, Format format, OutputStream out) {
    try {
      Source source = new Source("venue.example", selection.targetId(), "bench", true);
      BurstFile file = BurstFile.open(format, Compression.NONE, out, source);
      history.export(selection, Optional.empty(), row -> write(file, row));
      file.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(BurstFile file, BurstRow row) {
    try {
      file.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String rowsOf(String target) {
    long series = number("select id from catalog.series where target_id = '%s'".formatted(target));
    return "select * from catalog.bursts where series = %d order by observed_at".formatted(series);
  }

  private double psqlMedian(String rows) throws Exception {
    double[] times = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      String copy = "\\copy (%s) to '/dev/null'".formatted(rows);
      times[i] = psql.millis(copy, copy);
    }
    Arrays.sort(times);
    return times[REPEATS / 2];
  }

  private static Selection selection(String target, Instant start, Instant end) {
    return new Selection(target, StoreFill.FROM.name(), start, end);
  }

  private double median(Runnable work) {
    for (int i = 0; i < 3 * REPEATS; i++) {
      work.run();
    }
    return median(REPEATS, work);
  }

  private double median(int repeats, Runnable work) {
    double[] times = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long began = System.nanoTime();
      work.run();
      times[i] = millis(began);
    }
    Arrays.sort(times);
    return times[repeats / 2];
  }

  private long size(String table) {
    return number(
        "select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = '%s'::regclass"
            .formatted(table));
  }

  private long number(String sql) {
    return database.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
          }
        });
  }

  private static double millis(long began) {
    return (System.nanoTime() - began) / 1e6;
  }
}
