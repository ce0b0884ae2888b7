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
 * Faults of vantage points themselves, as their scanners tell them; that a scanner's clock is wrong
 * is found out here. While the line of a vantage point is at fault, nothing is known of its
 * targets.
 */
@Service
public class VantageFaults {
  private static final Duration LATELY = Duration.ofDays(1);

  /** Times of one fault differ so much between two deliveries that a wrong clock dated. */
  private static final Duration SAME = Duration.ofMinutes(1);

  private static final String TELL =
      """
      insert into platform.vantage_faults
        (vantage_point, kind, began_at, spool, ended_at, targets, reason, known_at)
      select v.vantage_point, v.kind, v.began_at, v.spool, v.ended_at, v.targets, v.reason, v.known_at
      from (values (?::text, ?::text, ?::timestamptz, ?::uuid, ?::timestamptz, ?::integer, ?::text,
        ?::timestamptz)) as v
        (vantage_point, kind, began_at, spool, ended_at, targets, reason, known_at)
      where not exists (
        select from platform.vantage_faults f
        where f.vantage_point = v.vantage_point and f.kind = v.kind and f.spool = v.spool
          and f.ended_at is null)
      on conflict do nothing
      """;

  /** A run has one fault of a kind at a time. */
  private static final String END =
      """
      update platform.vantage_faults set ended_at = greatest(began_at, ?)
      where vantage_point = ? and kind = ? and spool = ? and ended_at is null
      """;

  private static final String END_EARLIER = END.stripTrailing() + " and began_at < ?";

  /** A run of a scanner that has ended tells no more; what lasts is told by the next one. */
  private static final String END_OF_GONE =
      """
      update platform.vantage_faults f set ended_at = greatest(began_at, ?)
      where vantage_point = ? and ended_at is null
        and not exists (select from platform.scanners s where s.spool = f.spool)
      """;

  private static final String OPEN_CLOCK =
      """
      select 1 from platform.vantage_faults
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
      String kind = fault.kind().name();
      if (fault.endedAt().isEmpty()) {
        Instant began = fault.beganAt();
        int _ =
            Sql.of(END_EARLIER, began, vantagePoint, kind, spool, began.minus(SAME))
                .update(transaction);
        insert(transaction, vantagePoint, spool, fault, now);
      } else if (Sql.of(END, fault.endedAt(), vantagePoint, kind, spool).update(transaction) == 0) {
        insert(transaction, vantagePoint, spool, fault, now);
      }
    }
  }

  /** Ends those of runs that have ended. */
  static void endOfGone(Connection transaction, String vantagePoint, Instant now)
      throws SQLException {
    int _ = Sql.of(END_OF_GONE, now, vantagePoint).update(transaction);
  }

  /**
   * Begins the fault of a scanner's clock for the reason given, or ends it without one; true when
   * it begins.
   */
  static boolean clock(
      Connection transaction, String vantagePoint, UUID spool, Optional<String> wrong, Instant now)
      throws SQLException {
    String kind = OwnFault.Kind.CLOCK.name();
    if (wrong.isEmpty()) {
      int _ = Sql.of(END, now, vantagePoint, kind, spool).update(transaction);
      return false;
    }
    if (Sql.of(OPEN_CLOCK, vantagePoint, spool).any(transaction)) {
      return false;
    }
    OwnFault fault = new OwnFault(OwnFault.Kind.CLOCK, now, Optional.empty(), 0, wrong.get());
    insert(transaction, vantagePoint, spool, fault, now);
    return true;
  }

  private static void insert(
      Connection transaction, String vantagePoint, UUID spool, OwnFault fault, Instant now)
      throws SQLException {
    int _ =
        Sql.of(
                TELL,
                vantagePoint,
                fault.kind().name(),
                fault.beganAt(),
                spool,
                fault.endedAt(),
                fault.targets(),
                fault.reason(),
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
