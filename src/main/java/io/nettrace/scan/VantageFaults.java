package io.nettrace.scan;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.OwnFault;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Faults of vantage points themselves, as their scanners tell them; that a scanner's clock is fast
 * is found out here. While the line of a vantage point is at fault, nothing is known of its
 * targets.
 */
@Service
public class VantageFaults {
  private static final int LONGEST_REASON = 500;
  private static final Duration LATELY = Duration.ofDays(1);

  private static final String TELL =
      """
      insert into platform.vantage_faults as f
        (vantage_point, kind, began_at, spool, ended_at, targets, reason, known_at)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (vantage_point, kind, began_at, spool) do update set
        ended_at = coalesce(f.ended_at, excluded.ended_at)
      """;

  private static final String OPEN_CLOCK =
      """
      select 1 from platform.vantage_faults
      where vantage_point = ? and kind = 'CLOCK' and spool = ? and ended_at is null
      """;

  private static final String END_CLOCK =
      """
      update platform.vantage_faults set ended_at = ?
      where vantage_point = ? and kind = 'CLOCK' and spool = ? and ended_at is null
      """;

  private static final String LIST =
      """
      select vantage_point, kind, began_at, ended_at, targets, reason
      from platform.vantage_faults
      where ended_at is null or ended_at > ?
      order by began_at desc limit 1000
      """;

  private final Database database;
  private final Clock clock;

  /** A fault of one vantage point. */
  public record Fault(String vantagePoint, OwnFault fault) {
    /** Whether nothing can be said of the targets while it lasts. */
    public boolean hidesTargets() {
      return fault.kind() == OwnFault.Kind.LINE && fault.endedAt().isEmpty();
    }
  }

  @Inject
  public VantageFaults(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Those that last, and those that ended within a day, the newest first. */
  public List<Fault> lately() {
    return database.run(
        connection ->
            Sql.of(LIST, clock.instant().minus(LATELY)).all(connection, VantageFaults::fault));
  }

  /** Stores what a delivery tells; what was told before changes nothing. */
  static void tell(
      Connection transaction, String vantagePoint, UUID spool, List<OwnFault> faults, Instant now)
      throws SQLException {
    for (OwnFault fault : faults) {
      insert(transaction, vantagePoint, spool, fault, now);
    }
  }

  /** Begins or ends the fault of a scanner's clock. */
  static void clock(
      Connection transaction, String vantagePoint, UUID spool, boolean fast, Instant now)
      throws SQLException {
    if (!fast) {
      int _ = Sql.of(END_CLOCK, now, vantagePoint, spool).update(transaction);
    } else if (!Sql.of(OPEN_CLOCK, vantagePoint, spool).any(transaction)) {
      OwnFault fault =
          new OwnFault(
              OwnFault.Kind.CLOCK,
              now,
              Optional.empty(),
              0,
              "the scanner's clock is fast; its measurements are dated by their arrival");
      insert(transaction, vantagePoint, spool, fault, now);
    }
  }

  private static void insert(
      Connection transaction, String vantagePoint, UUID spool, OwnFault fault, Instant now)
      throws SQLException {
    String reason = fault.reason();
    int _ =
        Sql.of(
                TELL,
                vantagePoint,
                fault.kind().name(),
                fault.beganAt(),
                spool,
                fault.endedAt(),
                fault.targets(),
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON),
                now)
            .update(transaction);
  }

  private static Fault fault(ResultSet row) throws SQLException {
    return new Fault(
        row.getString("vantage_point"),
        new OwnFault(
            OwnFault.Kind.valueOf(row.getString("kind")),
            row.getObject("began_at", OffsetDateTime.class).toInstant(),
            Optional.ofNullable(time(row, "ended_at")),
            row.getInt("targets"),
            row.getString("reason")));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
