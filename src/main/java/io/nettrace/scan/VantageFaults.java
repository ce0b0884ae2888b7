package io.nettrace.scan;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
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
  /** While one of this kind lasts, nothing is measured from the vantage point. */
  static final OwnFault.Kind HIDING = OwnFault.Kind.LINE;

  private static final Duration LATELY = Duration.ofDays(1);

  /** Times of one fault differ so much between two deliveries that a wrong clock dated. */
  private static final Duration SAME = Duration.ofMinutes(1);

  /** What recurs so soon after its end is the same fault, which has not ended. */
  private static final Duration RECURS = Duration.ofMinutes(5);

  private static final int BATCH = 1_000;

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
          and (f.ended_at is null or (f.began_at <= v.began_at and v.began_at < f.ended_at)))
      on conflict do nothing
      """;

  private static final String CONTINUE =
      """
      update platform.vantage_faults set ended_at = ?, targets = greatest(targets, ?)
      where vantage_point = ? and kind = ? and spool = ?
        and began_at < ? and ended_at < ? and ended_at >= ?
      """;

  /** The end of one of a run that was thought to be gone. */
  private static final String LENGTHEN =
      """
      update platform.vantage_faults set ended_at = ?
      where vantage_point = ? and kind = ? and spool = ? and began_at = ? and ended_at < ?
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
      where ended_at is null
        and not exists (
          select from platform.scanners s
          where s.spool = f.spool and s.vantage_point = f.vantage_point)
      """;

  private static final String END_OF_GONE_AT =
      END_OF_GONE.stripTrailing() + " and vantage_point = ?";
  private static final String END_OF_GONE_RUN = END_OF_GONE_AT + " and spool = ?";

  private static final String FORGET =
      """
      delete from platform.vantage_faults where ctid = any (array(
        select ctid from platform.vantage_faults where began_at < ? and ended_at < ? limit ?))
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
      return fault.kind() == HIDING && fault.endedAt().isEmpty();
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

  /** Those that last, the newest first. */
  public List<Fault> open() {
    return lately().stream().filter(one -> one.fault().endedAt().isEmpty()).toList();
  }

  /**
   * Stores what a delivery tells; what was told before changes nothing. Of a run that has ended,
   * what it told last is the end: {@code observed} is when it saw what is in the delivery.
   */
  static void tell(
      Connection transaction,
      String vantagePoint,
      UUID spool,
      List<OwnFault> faults,
      Instant observed,
      Instant now)
      throws SQLException {
    for (OwnFault fault : faults) {
      String kind = fault.kind().name();
      if (fault.endedAt().isEmpty()) {
        Instant began = fault.beganAt();
        int _ =
            Sql.of(END_EARLIER, began, vantagePoint, kind, spool, began.minus(SAME))
                .update(transaction);
        insert(transaction, vantagePoint, spool, fault, now);
      } else if (Sql.of(END, fault.endedAt(), vantagePoint, kind, spool).update(transaction) == 0
          && Sql.of(
                      LENGTHEN,
                      fault.endedAt(),
                      vantagePoint,
                      kind,
                      spool,
                      fault.beganAt(),
                      fault.endedAt())
                  .update(transaction)
              == 0) {
        insert(transaction, vantagePoint, spool, fault, now);
      }
    }
    if (!faults.isEmpty()) {
      endOfGone(transaction, vantagePoint, spool, observed);
    }
  }

  /** Ends those of runs that have ended. */
  static void endOfGone(Connection transaction, Instant now) throws SQLException {
    int _ = Sql.of(END_OF_GONE, now).update(transaction);
  }

  /** Ends those of a vantage point's runs that have ended. */
  static void endOfGone(Connection transaction, String vantagePoint, Instant now)
      throws SQLException {
    int _ = Sql.of(END_OF_GONE_AT, now, vantagePoint).update(transaction);
  }

  private static void endOfGone(
      Connection transaction, String vantagePoint, UUID spool, Instant now) throws SQLException {
    int _ = Sql.of(END_OF_GONE_RUN, now, vantagePoint, spool).update(transaction);
  }

  /** Deletes some of those that were over then; true when there may be more. */
  public static boolean forget(Tx tx, Instant before) throws SQLException {
    return Sql.of(FORGET, before, before, BATCH).update(tx.connection()) == BATCH;
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
    endOfGone(transaction, vantagePoint, spool, now);
    return true;
  }

  private static void insert(
      Connection transaction, String vantagePoint, UUID spool, OwnFault fault, Instant now)
      throws SQLException {
    Instant began = fault.beganAt();
    int continued =
        Sql.of(
                CONTINUE,
                fault.endedAt(),
                fault.targets(),
                vantagePoint,
                fault.kind().name(),
                spool,
                began,
                began,
                began.minus(RECURS))
            .update(transaction);
    if (continued > 0) {
      return;
    }
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
