package io.nettrace.scan;

import io.nettrace.platform.Columns;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Faults of vantage points themselves, as their scanners tell them; that a scanner's clock is wrong
 * is found out here. While the line of a vantage point is at fault, nothing is known of its
 * targets.
 */
@Service
public class VantageFaults {
  /** While one of this kind lasts, nothing is measured from the vantage point. */
  public static final OwnFault.Kind HIDING = OwnFault.Kind.LINE;

  private static final Duration LATELY = Duration.ofDays(1);

  /** Times of one fault differ so much between two deliveries that a wrong clock dated. */
  private static final Duration SAME = Duration.ofMinutes(1);

  /** What recurs so soon after its end is the same fault, which has not ended. */
  private static final Duration RECURS = Duration.ofMinutes(5);

  private static final int BATCH = 1_000;

  private static final Sql TELL =
      Sql.of(
          """
          insert into platform.vantage_faults
            (vantage_point, kind, began_at, spool, ended_at, targets, reason, known_at)
          select v.vantage_point, v.kind, v.began_at, v.spool, v.ended_at, v.targets, v.reason,
            v.known_at
          from (values (:vantage_point::text, :kind::text, :began_at::timestamptz, :spool::uuid,
            :ended_at::timestamptz, :targets::integer, :reason::text, :known_at::timestamptz)) as v
            (vantage_point, kind, began_at, spool, ended_at, targets, reason, known_at)
          where not exists (
            select from platform.vantage_faults f
            where f.vantage_point = v.vantage_point and f.kind = v.kind and f.spool = v.spool
              and (f.ended_at is null or (f.began_at <= v.began_at and v.began_at < f.ended_at)))
          on conflict do nothing
          """);

  private static final Sql CONTINUE =
      Sql.of(
          """
          update platform.vantage_faults
          set ended_at = :ended_at, targets = greatest(targets, :targets)
          where vantage_point = :vantage_point and kind = :kind and spool = :spool
            and began_at < :began_at and ended_at < :began_at and ended_at >= :recurs_after
          """);

  /** The end of one of a run that was thought to be gone. */
  private static final Sql LENGTHEN =
      Sql.of(
          """
          update platform.vantage_faults set ended_at = :ended_at
          where vantage_point = :vantage_point and kind = :kind and spool = :spool
            and began_at = :began_at and ended_at < :ended_at
          """);

  private static final String END_OPEN =
      """
      update platform.vantage_faults set ended_at = greatest(began_at, :ended_at)
      where vantage_point = :vantage_point and kind = :kind and spool = :spool
        and ended_at is null
      """;

  /** A run has one fault of a kind at a time. */
  private static final Sql END = Sql.of(END_OPEN);

  private static final Sql END_EARLIER = Sql.of(END_OPEN + "and began_at < :began_before");

  /** A run of a scanner that has ended tells no more; what lasts is told by the next one. */
  private static final String END_OF_RUNS =
      """
      update platform.vantage_faults f set ended_at = greatest(began_at, :ended_at)
      where ended_at is null
        and not exists (
          select from platform.scanners s
          where s.spool = f.spool and s.vantage_point = f.vantage_point)
      """;

  private static final Sql END_OF_GONE = Sql.of(END_OF_RUNS);
  private static final Sql END_OF_GONE_AT =
      Sql.of(END_OF_RUNS + "and vantage_point = :vantage_point");
  private static final Sql END_OF_GONE_RUN =
      Sql.of(END_OF_RUNS + "and vantage_point = :vantage_point and spool = :spool");

  private static final Sql FORGET =
      Sql.of(
          """
          delete from platform.vantage_faults where ctid = any (array(
            select ctid from platform.vantage_faults
            where began_at < :before and ended_at < :before limit :most))
          """);

  private static final Sql OPEN_CLOCK =
      Sql.of(
          """
          select 1 from platform.vantage_faults
          where vantage_point = :vantage_point and kind = 'CLOCK' and spool = :spool
            and ended_at is null
          """);

  private static final Sql LIST =
      Sql.of(
          """
          select vantage_point, kind, began_at, ended_at, targets, reason
          from platform.vantage_faults
          where ended_at is null or ended_at > :since
          order by began_at desc limit 1000
          """);

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
            LIST.bind("since", clock.instant().minus(LATELY))
                .all(connection, VantageFaults::fault));
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
      if (fault.endedAt().isEmpty()) {
        Instant began = fault.beganAt();
        int _ =
            of(END_EARLIER, vantagePoint, spool, fault.kind())
                .bind("ended_at", began)
                .bind("began_before", began.minus(SAME))
                .update(transaction);
        insert(transaction, vantagePoint, spool, fault, now);
      } else if (!end(transaction, vantagePoint, spool, fault)) {
        insert(transaction, vantagePoint, spool, fault, now);
      }
    }
    if (!faults.isEmpty()) {
      endOfGone(transaction, vantagePoint, spool, observed);
    }
  }

  /** Ends a fault that was told before; false when there is none of that kind. */
  private static boolean end(
      Connection transaction, String vantagePoint, UUID spool, OwnFault fault) throws SQLException {
    return of(END, vantagePoint, spool, fault.kind())
                .bind("ended_at", fault.endedAt())
                .update(transaction)
            > 0
        || of(LENGTHEN, vantagePoint, spool, fault.kind())
                .bind("began_at", fault.beganAt())
                .bind("ended_at", fault.endedAt())
                .update(transaction)
            > 0;
  }

  /** A statement about the faults of one kind of a vantage point's run. */
  private static Sql of(Sql sql, String vantagePoint, UUID spool, OwnFault.Kind kind) {
    return sql.bind("vantage_point", vantagePoint).bind("spool", spool).bind("kind", kind);
  }

  /** Ends those of runs that have ended. */
  static void endOfGone(Connection transaction, Instant now) throws SQLException {
    int _ = END_OF_GONE.bind("ended_at", now).update(transaction);
  }

  /** Ends those of a vantage point's runs that have ended. */
  static void endOfGone(Connection transaction, String vantagePoint, Instant now)
      throws SQLException {
    int _ =
        END_OF_GONE_AT
            .bind("ended_at", now)
            .bind("vantage_point", vantagePoint)
            .update(transaction);
  }

  private static void endOfGone(
      Connection transaction, String vantagePoint, UUID spool, Instant now) throws SQLException {
    int _ =
        END_OF_GONE_RUN
            .bind("ended_at", now)
            .bind("vantage_point", vantagePoint)
            .bind("spool", spool)
            .update(transaction);
  }

  /** Deletes some of those that were over then; true when there may be more. */
  public static boolean forget(Tx tx, Instant before) throws SQLException {
    return FORGET.bind("before", before).bind("most", BATCH).update(tx.connection()) == BATCH;
  }

  /**
   * Begins the fault of a scanner's clock for the reason given, or ends it without one; true when
   * it begins.
   */
  static boolean clock(
      Connection transaction, String vantagePoint, UUID spool, Optional<String> wrong, Instant now)
      throws SQLException {
    if (wrong.isEmpty()) {
      int _ =
          of(END, vantagePoint, spool, OwnFault.Kind.CLOCK)
              .bind("ended_at", now)
              .update(transaction);
      return false;
    }
    if (OPEN_CLOCK.bind("vantage_point", vantagePoint).bind("spool", spool).any(transaction)) {
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
        of(CONTINUE, vantagePoint, spool, fault.kind())
            .bind("ended_at", fault.endedAt())
            .bind("targets", fault.targets())
            .bind("began_at", began)
            .bind("recurs_after", began.minus(RECURS))
            .update(transaction);
    if (continued > 0) {
      return;
    }
    int _ =
        of(TELL, vantagePoint, spool, fault.kind())
            .bind("began_at", began)
            .bind("ended_at", fault.endedAt())
            .bind("targets", fault.targets())
            .bind("reason", fault.reason())
            .bind("known_at", now)
            .update(transaction);
  }

  private static Fault fault(ResultSet row) throws SQLException {
    return new Fault(
        row.getString("vantage_point"),
        new OwnFault(
            Columns.constant(row, "kind", OwnFault.Kind.class),
            Columns.time(row, "began_at"),
            Columns.optionalTime(row, "ended_at"),
            row.getInt("targets"),
            row.getString("reason")));
  }
}
