package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelayHistogram;
import io.nettrace.metric.ProbeMode;
import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
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
  private static final Sql ALONE = Sql.of("select pg_advisory_xact_lock(:lock)");
  private static final Sql NEWEST =
      Sql.of(
          """
          select s.id, b.revision, b.retracted, b.known_at
          from series s join bursts b on b.series = s.id
          where s.target_id = :target_id and s.vantage_point = :vantage_point
            and s.method = :method and s.address = :address::inet
            and b.observed_at = :observed_at
          order by b.revision desc limit 1
          """);
  private static final Sql CORRECTION =
      Sql.of(
          """
          insert into corrections (series, observed_at, revision, known_at, reason)
          values (:series, :observed_at, :revision, :known_at, :reason)
          """);

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
  public Optional<Integer> replace(Actor by, MeasurementId wrong, Burst right, String reason) {
    boolean isSame =
        micros(right.startedAt()).equals(micros(wrong.observedAt()))
            && right.protocol() == wrong.method()
            && right.address().equals(wrong.address());
    if (!isSame) {
      throw new IllegalArgumentException("a replacement is of the same measurement: " + wrong);
    }
    return correct(by, wrong, right, false, reason);
  }

  /**
   * Says that there was no such measurement.
   *
   * @return the number of the new revision; empty when there is none, or none any more
   */
  public Optional<Integer> retract(Actor by, MeasurementId wrong, String reason) {
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
    return correct(by, wrong, nothing, true, reason);
  }

  private Optional<Integer> correct(
      Actor by, MeasurementId wrong, Burst right, boolean retracted, String reason) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a reason has 1 to %d characters".formatted(LONGEST_REASON));
    }
    return database.transaction(
        tx -> {
          boolean _ = ALONE.bind("lock", LOCK).any(tx.connection());
          Optional<Newest> newest =
              newest(tx.connection(), wrong).filter(row -> !(row.retracted() && retracted));
          if (newest.isPresent()) {
            write(tx.connection(), wrong, newest.get(), right, retracted, reason);
            tx.audit(
                by,
                AuditEntry.ofInstallation(
                        retracted ? CorrectionAct.RETRACTED : CorrectionAct.CORRECTED,
                        wrong.targetId())
                    .with("vantage_point", wrong.vantagePoint())
                    .with("observed_at", wrong.observedAt())
                    .with("revision", newest.get().revision() + 1)
                    .with("reason", reason));
          }
          return newest.map(row -> row.revision() + 1);
        });
  }

  private static Optional<Newest> newest(Connection transaction, MeasurementId id)
      throws SQLException {
    return NEWEST
        .bind("target_id", id.targetId())
        .bind("vantage_point", id.vantagePoint())
        .bind("method", id.method())
        .bind("address", id.address().getHostAddress())
        .bind("observed_at", micros(id.observedAt()))
        .first(
            transaction,
            row ->
                new Newest(
                    row.getInt("id"),
                    row.getInt("revision"),
                    row.getBoolean("retracted"),
                    Columns.time(row, "known_at")));
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
    CORRECTION
        .bind("series", newest.series())
        .bind("observed_at", micros(right.startedAt()))
        .bind("revision", revision)
        .bind("known_at", knownAt)
        .bind("reason", reason)
        .update(transaction);
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
