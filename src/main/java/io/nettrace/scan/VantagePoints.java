package io.nettrace.scan;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Renewed;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The vantage points that ever introduced themselves, and their assignments. */
@Service
public class VantagePoints {
  private static final String MODE_UNTIL_HELLO = "UNKNOWN";

  private static final Sql INTRODUCE =
      Sql.of(
          """
          insert into platform.vantage_points as v
            (name, simulated, mode, spool, assignment_digest, assignment_revision, first_seen,
             last_seen)
          values (:name, :simulated, :mode, :spool, :digest, extract(epoch from now())::bigint,
            :now, :now)
          on conflict (name) do update set
            mode = excluded.mode,
            spool = excluded.spool,
            last_seen = excluded.last_seen,
            assignment_revision = v.assignment_revision
              + case when v.assignment_digest = excluded.assignment_digest then 0 else 1 end,
            assignment_digest = excluded.assignment_digest
          where v.simulated = excluded.simulated
          returning assignment_revision as revision
          """);

  /**
   * A vantage point that speaks before it said hello, because this database is new to it. Its first
   * revision is higher than any it knows (they begin at the clock), so it will say hello.
   */
  private static final Sql ADOPT =
      Sql.of(
          """
          insert into platform.vantage_points
            (name, simulated, mode, spool, assignment_digest, assignment_revision, first_seen,
             last_seen)
          values (:name, :simulated, :mode, :spool, '', extract(epoch from now())::bigint,
            :now, :now)
          on conflict do nothing
          """);

  /**
   * Also locks the row, so that one vantage point's deliveries are stored one after another, and
   * has the commit wait for the disk even where the database was told not to: the scanner forgets
   * what is acknowledged.
   */
  private static final Sql TOUCH =
      Sql.of(
          """
          update platform.vantage_points set
            last_seen = :now,
            assignment_revision = assignment_revision
              + case when assignment_digest = :digest then 0 else 1 end,
            assignment_digest = :digest
          where name = :name and simulated = :simulated
          returning assignment_revision as revision,
            (select measured_before from platform.delivery_horizon for share) as horizon,
            set_config('synchronous_commit', case current_setting('synchronous_commit')
              when 'off' then 'on' else current_setting('synchronous_commit') end, true)
          """);

  private static final Sql REVISION =
      Sql.of(
          """
          select assignment_revision + case when assignment_digest = :digest then 0 else 1 end
            as revision
          from platform.vantage_points where name = :name
          """);

  private final Database database;
  private final Assignments assignments;
  private final Leases leases;
  private final Clock clock;

  /**
   * What stands in the record of a vantage point that delivers.
   *
   * @param revision of its assignment
   * @param horizon what was measured before may have been stored already
   */
  record Touched(long revision, Instant horizon) {}

  @Inject
  VantagePoints(Database database, Assignments assignments, Leases leases, Clock clock) {
    this.database = database;
    this.assignments = assignments;
    this.leases = leases;
    this.clock = clock;
  }

  /** A scanner says who it is and hears what to measure. */
  public Introduction introduce(Hello hello) {
    if (hello.contractVersion() != Hello.CONTRACT_VERSION) {
      return new Introduction.Refused(
          "contract version %d is spoken here, not %d; install the scanner of this release"
              .formatted(Hello.CONTRACT_VERSION, hello.contractVersion()));
    }
    if (!VantagePoint.isName(hello.vantagePoint())) {
      return new Introduction.Refused(
          "a vantage point's name is 1 to 63 of a-z, 0-9 and -, and does not begin with -");
    }
    return database
        .transaction(tx -> begin(tx.connection(), hello))
        .<Introduction>map(Introduction.Assigned::new)
        .orElseGet(() -> new Introduction.Refused(otherKind(hello.vantagePoint())));
  }

  /** A scanner is still there; empty when this run of it never introduced itself here. */
  public Optional<Renewed> renew(Renewal renewal) {
    VantagePoint vantagePoint = new VantagePoint(renewal.vantagePoint(), renewal.simulated());
    return database.transaction(
        tx -> {
          Optional<Lease> lease = leases.renew(tx.connection(), renewal);
          if (lease.isEmpty()) {
            return Optional.empty();
          }
          List<String> traceNow =
              TraceRequests.take(tx.connection(), vantagePoint.name(), renewal.spool());
          return Optional.of(
              new Renewed(revision(tx.connection(), vantagePoint), traceNow, lease.get()));
        });
  }

  private Optional<Assignment> begin(Connection transaction, Hello hello) throws SQLException {
    Optional<Long> revision = store(transaction, hello);
    if (revision.isEmpty()) {
      return Optional.empty();
    }
    Lease lease = leases.begin(transaction, hello);
    VantageFaults.endOfGone(transaction, hello.vantagePoint(), clock.instant());
    return Optional.of(assignments.of(vantagePoint(hello), revision.get(), lease));
  }

  static String otherKind(String name) {
    return "the vantage point %s is of the other kind; simulated and real measurements never share"
            .formatted(name)
        + " one, so choose another name";
  }

  /** Empty when it has no proper name or is of the other kind. */
  Optional<Touched> touch(Connection connection, VantagePoint vantagePoint, UUID spool)
      throws SQLException {
    if (!VantagePoint.isName(vantagePoint.name())) {
      return Optional.empty();
    }
    Optional<Touched> touched = touch(connection, vantagePoint);
    if (touched.isPresent()) {
      return touched;
    }
    adopt(connection, vantagePoint, spool);
    return touch(connection, vantagePoint);
  }

  private void adopt(Connection connection, VantagePoint vantagePoint, UUID spool)
      throws SQLException {
    ADOPT
        .bind("name", vantagePoint.name())
        .bind("simulated", vantagePoint.simulated())
        .bind("mode", MODE_UNTIL_HELLO)
        .bind("spool", spool)
        .bind("now", clock.instant())
        .update(connection);
  }

  private Optional<Touched> touch(Connection connection, VantagePoint vantagePoint)
      throws SQLException {
    return TOUCH
        .bind("now", clock.instant())
        .bind("digest", assignments.digest(vantagePoint))
        .bind("name", vantagePoint.name())
        .bind("simulated", vantagePoint.simulated())
        .first(
            connection, row -> new Touched(row.getLong("revision"), Columns.time(row, "horizon")));
  }

  private Optional<Long> store(Connection connection, Hello hello) throws SQLException {
    return INTRODUCE
        .bind("name", hello.vantagePoint())
        .bind("simulated", hello.simulated())
        .bind("mode", hello.mode())
        .bind("spool", hello.spool())
        .bind("digest", assignments.digest(vantagePoint(hello)))
        .bind("now", clock.instant())
        .first(connection, VantagePoints::revision);
  }

  /** A revision that the scanner knows when the assignment is what it was at its hello. */
  private long revision(Connection connection, VantagePoint vantagePoint) throws SQLException {
    return REVISION
        .bind("digest", assignments.digest(vantagePoint))
        .bind("name", vantagePoint.name())
        .first(connection, VantagePoints::revision)
        .orElse(0L);
  }

  private static VantagePoint vantagePoint(Hello hello) {
    return new VantagePoint(hello.vantagePoint(), hello.simulated());
  }

  private static long revision(ResultSet row) throws SQLException {
    return row.getLong("revision");
  }
}
