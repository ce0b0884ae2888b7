package io.nettrace.sample;

import io.nettrace.metric.DelayHistogram;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/** Takes bursts, or whole roll-ups of them, together. */
final class Tally {
  /** Columns of a roll-up after its start and series. */
  static final String COLUMNS =
      "bursts, sent, received, send_failures, min_rtt, max_rtt, sum_rtt, sum_ipdv, ipdv_bursts,"
          + " known_until, delays";

  static final int COLUMN_COUNT = 11;

  private final DelayHistogram delays;
  private int bursts;
  private long sent;
  private long received;
  private long sendFailures;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;
  private long sumNanos;
  private long sumIpdvNanos;
  private int ipdvBursts;
  private Instant knownUntil = Instant.EPOCH;

  private Tally(DelayHistogram delays) {
    this.delays = delays;
  }

  static Tally ofFew() {
    return new Tally(new DelayHistogram());
  }

  static Tally ofMany() {
    return new Tally(DelayHistogram.forMany());
  }

  /** A retracted burst counts for what is known, and for nothing else. */
  void add(BurstRecord row) {
    knownSince(Instant.EPOCH.plus(row.knownAtMicros(), ChronoUnit.MICROS));
    if (row.retracted()) {
      return;
    }
    bursts++;
    sent += row.sent();
    received += row.received();
    sendFailures += row.sendFailures();
    if (row.received() > 0) {
      add(row.delays());
    }
  }

  private void add(StoredDelays some) {
    minNanos = Math.min(minNanos, some.min());
    maxNanos = Math.max(maxNanos, some.max());
    sumNanos += some.sum();
    if (some.ipdv() != BurstRow.NO_IPDV) {
      sumIpdvNanos += some.ipdv();
      ipdvBursts++;
    }
    some.addTo(delays);
  }

  /** Adds a roll-up, whose columns are {@link #COLUMNS} from {@code first} on. */
  void add(ResultSet row, int first) throws SQLException {
    bursts += row.getInt(first);
    sent += row.getLong(first + 1);
    long answers = row.getLong(first + 2);
    received += answers;
    sendFailures += row.getLong(first + 3);
    knownSince(row.getObject(first + 9, OffsetDateTime.class).toInstant());
    if (answers > 0) {
      minNanos = Math.min(minNanos, row.getLong(first + 4));
      maxNanos = Math.max(maxNanos, row.getLong(first + 5));
      sumNanos += row.getLong(first + 6);
      sumIpdvNanos += row.getLong(first + 7);
      ipdvBursts += row.getInt(first + 8);
      delays.addEncoded(row.getBytes(first + 10), 0);
    }
  }

  private void knownSince(Instant time) {
    knownUntil = time.isAfter(knownUntil) ? time : knownUntil;
  }

  /** Appends {@link #COLUMNS}. */
  void write(CopyBytes row) {
    row.integer(bursts).number(sent).number(received).number(sendFailures);
    row.number(received > 0 ? minNanos : 0).number(maxNanos).number(sumNanos);
    row.number(sumIpdvNanos).integer(ipdvBursts).time(knownUntil).bytes(delays.encoded());
  }

  boolean isEmpty() {
    return bursts == 0;
  }

  Aggregate aggregate(Instant start, Instant end) {
    boolean answered = received > 0;
    return new Aggregate(
        start,
        end,
        bursts,
        sent,
        received,
        sendFailures,
        answered ? OptionalLong.of(minNanos) : OptionalLong.empty(),
        answered ? OptionalLong.of(Math.round((double) sumNanos / received)) : OptionalLong.empty(),
        answered ? OptionalLong.of(maxNanos) : OptionalLong.empty(),
        ipdvBursts > 0 ? OptionalLong.of(sumIpdvNanos / ipdvBursts) : OptionalLong.empty(),
        delays);
  }
}
