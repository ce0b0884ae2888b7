package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.ProbeMode;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Corrects what was measured wrongly, without ever changing it: a correction is a further revision,
 * known from now on. Who reads the record as of an earlier moment sees what was known then.
 */
@Service
public class Corrections {
  private static final long LOCK = 0x636f7272656374L; // "correct"
  private static final int LONGEST_REASON = 500;
  private static final String NEWEST =
      """
      select s.id, b.revision, b.retracted, b.known_at
      from series s join bursts b on b.series = s.id
      where s.target_id = ? and s.vantage_point = ? and s.method = ? and s.address = ?::inet
        and b.observed_at = ?
      order by b.revision desc limit 1
      """;
  private static final String CORRECTION =
      "insert into corrections (series, observed_at, revision, known_at, reason)"
          + " values (?, ?, ?, ?, ?)";

  private record Newest(int series, int revision, boolean retracted, Instant knownAt) {}

  private final Database database;
  private final Clock clock;

  @Inject
  Corrections(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Says what should have been measured; {@code right} must be of the same moment, method and
   * address.
   *
   * @return the number of the new revision; empty when there is no such measurement
   */
  public Optional<Integer> replace(MeasurementId wrong, Burst right, String reason) {
    boolean isSame =
        micros(right.startedAt()).equals(micros(wrong.observedAt()))
            && right.protocol() == wrong.method()
            && right.address().equals(wrong.address());
    if (!isSame) {
      throw new IllegalArgumentException("a replacement is of the same measurement: " + wrong);
    }
    return correct(wrong, right, false, reason);
  }

  /**
   * Says that there was no such measurement.
   *
   * @return the number of the new revision; empty when there is none, or none any more
   */
  public Optional<Integer> retract(MeasurementId wrong, String reason) {
    Burst nothing =
        new Burst(
            wrong.observedAt(),
            wrong.address(),
            wrong.method(),
            ProbeMode.RAW,
            0,
            0,
            0,
            Optional.empty(),
            new DelayHistogram());
    return correct(wrong, nothing, true, reason);
  }

  private Optional<Integer> correct(
      MeasurementId wrong, Burst right, boolean retracted, String reason) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a reason has 1 to %d characters".formatted(LONGEST_REASON));
    }
    return database.transaction(
        tx -> {
          oneAfterAnother(tx.connection());
          Optional<Newest> newest =
              newest(tx.connection(), wrong).filter(row -> !(row.retracted() && retracted));
          if (newest.isPresent()) {
            write(tx.connection(), wrong, newest.get(), right, retracted, reason);
          }
          return newest.map(row -> row.revision() + 1);
        });
  }

  private static void oneAfterAnother(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(%d)".formatted(LOCK));
    }
  }

  private static Optional<Newest> newest(Connection transaction, MeasurementId id)
      throws SQLException {
    try (PreparedStatement query = transaction.prepareStatement(NEWEST)) {
      query.setString(1, id.targetId());
      query.setString(2, id.vantagePoint());
      query.setString(3, id.method().name());
      query.setString(4, id.address().getHostAddress());
      query.setObject(5, micros(id.observedAt()).atOffset(ZoneOffset.UTC));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Newest(
                    row.getInt("id"),
                    row.getInt("revision"),
                    row.getBoolean("retracted"),
                    Samples.time(row, "known_at")))
            : Optional.empty();
      }
    }
  }

  private void write(
      Connection transaction,
      MeasurementId wrong,
      Newest newest,
      Burst right,
      boolean retracted,
      String reason)
      throws SQLException {
    Instant now = later(micros(clock.instant()), newest.knownAt());
    Instant knownAt =
        Arrivals.enter(transaction, wrong.vantagePoint(), now, Stream.of(right.startedAt()));
    int revision = newest.revision() + 1;
    CopyBytes rows = new CopyBytes(256);
    BurstWriter.row(rows, right, knownAt, newest.series(), revision, retracted);
    rows.into(transaction, "bursts", BurstWriter.COLUMNS);
    try (PreparedStatement insert = transaction.prepareStatement(CORRECTION)) {
      insert.setInt(1, newest.series());
      insert.setObject(2, micros(right.startedAt()).atOffset(ZoneOffset.UTC));
      insert.setInt(3, revision);
      insert.setObject(4, knownAt.atOffset(ZoneOffset.UTC));
      insert.setString(5, reason);
      insert.executeUpdate();
    }
    Instant hour = BurstWriter.hour(right.startedAt());
    Due.HOURS.mark(transaction, Map.of(hour, Set.of(newest.series())));
  }

  private static Instant later(Instant now, Instant before) {
    return now.isAfter(before) ? now : before.plus(1, ChronoUnit.MICROS);
  }

  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
