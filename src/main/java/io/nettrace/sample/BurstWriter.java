package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.LossReason;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes bursts, and with them which hours are to be rolled up anew. */
final class BurstWriter {
  static final String COLUMNS =
      "observed_at, known_at, series, sent, received, send_failures, revision, retracted, delays,"
          + " losses";
  private static final int COLUMN_COUNT = 10;
  private static final int EXPECTED_ROW_BYTES = 128;

  private final SeriesNumbers series = new SeriesNumbers();

  /** What to do once the transaction has committed. */
  Runnable write(Connection transaction, AcceptedScan scan) throws SQLException {
    if (scan.bursts().isEmpty()) {
      return () -> {};
    }
    Set<SeriesKey> keys =
        scan.bursts().stream().map(b -> key(scan.vantagePoint(), b)).collect(Collectors.toSet());
    Map<SeriesKey, Integer> numbers = series.of(transaction, keys);
    CopyBytes rows = new CopyBytes(scan.bursts().size() * EXPECTED_ROW_BYTES);
    Map<Instant, Set<Integer>> hours = new TreeMap<>();
    for (MeasuredBurst measured : scan.bursts()) {
      int number = number(numbers, key(scan.vantagePoint(), measured));
      row(rows, measured.burst(), scan.knownAt(), number, 0, false);
      hours.computeIfAbsent(hour(measured.burst().startedAt()), _ -> new TreeSet<>()).add(number);
    }
    rows.into(transaction, "bursts", COLUMNS);
    Due.HOURS.mark(transaction, hours);
    return () -> series.confirm(numbers);
  }

  private static int number(Map<SeriesKey, Integer> numbers, SeriesKey key) {
    Integer number = numbers.get(key);
    if (number == null) {
      throw new IllegalStateException("no number was given to " + key);
    }
    return number;
  }

  static void row(
      CopyBytes rows, Burst burst, Instant knownAt, int series, int revision, boolean retracted) {
    rows.row(COLUMN_COUNT).time(burst.startedAt()).time(knownAt).integer(series);
    rows.small(burst.sent()).small(burst.received()).small(burst.sendFailures());
    rows.small(revision).truth(retracted).bytes(StoredDelays.encode(burst));
    rows.text(LossReason.text(burst.losses()));
  }

  static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  private static SeriesKey key(VantagePoint from, MeasuredBurst measured) {
    Burst burst = measured.burst();
    return new SeriesKey(
        measured.targetId(),
        from.name(),
        measured.host(),
        from.simulated(),
        burst.protocol(),
        burst.mode(),
        burst.address());
  }
}
