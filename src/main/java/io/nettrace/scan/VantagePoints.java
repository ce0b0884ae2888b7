package io.nettrace.scan;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.scanner.Hello;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.Renewal;
import io.nettrace.scanner.Renewed;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What scanners say for their vantage points and hear: assignments and leases. A scanner speaks
 * only for the vantage points that its pass is good for.
 */
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
          returning assignment_revision as revision, xmax = 0 as is_new
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

  /** What an introduction stored; new is a vantage point that was not registered. */
  private record Introduced(long revision, boolean isNew) {}

  @Inject
  VantagePoints(Database database, Assignments assignments, Leases leases, Clock clock) {
    this.database = database;
    this.assignments = assignments;
    this.leases = leases;
    this.clock = clock;
  }

  /** A scanner says who it is and hears what to measure. */
  public Introduction introduce(ScannerPass by, Hello hello) {
    if (!by.mayBe(hello.vantagePoint())) {
      return new Introduction.NotAdmitted();
    }
    if (hello.contractVersion() != Hello.CONTRACT_VERSION) {
      return new Introduction.Refused(
          "contract version %d is spoken here, not %d; install the scanner of this release"
              .formatted(Hello.CONTRACT_VERSION, hello.contractVersion()));
    }
    if (!VantagePoint.isName(hello.vantagePoint())) {
      return new Introduction.Refused(
          "a vantage point's name is 1 to 63 of a-z, 0-9 and -, and does not begin with -");
    }
    return database.transaction(tx -> begin(by, tx, hello));
  }

  /** A scanner is still there. */
  public RenewalOutcome renew(ScannerPass by, Renewal renewal) {
    VantagePoint vantagePoint = new VantagePoint(renewal.vantagePoint(), renewal.simulated());
    return database.transaction(
        tx -> {
          Connection transaction = tx.connection();
          Optional<RegisteredVantagePoint> place = admit(transaction, by, vantagePoint);
          if (place.isEmpty()) {
            return new RenewalOutcome.NotAdmitted();
          }
          Optional<Lease> lease = leases.renew(transaction, renewal);
          if (lease.isEmpty()) {
            return new RenewalOutcome.Unknown();
          }
          List<String> traceNow =
              TraceRequests.take(transaction, vantagePoint.name(), renewal.spool());
          return new RenewalOutcome.Extended(
              new Renewed(revision(transaction, place.get()), traceNow, lease.get()));
        });
  }

  /**
   * The vantage point for which a scanner speaks, with its policy; empty when it has no right to.
   * One that is not registered is a shared one.
   */
  Optional<RegisteredVantagePoint> admit(Connection transaction, ScannerPass by, VantagePoint named)
      throws SQLException {
    if (!by.mayBe(named.name())) {
      return Optional.empty();
    }
    Optional<RegisteredVantagePoint> known = RegisteredVantagePoint.find(transaction, named.name());
    AssignmentPolicy policy =
        known.map(RegisteredVantagePoint::policy).orElseGet(AssignmentPolicy.Shared::new);
    return Optional.of(new RegisteredVantagePoint(named, policy)).filter(by::mayBe);
  }

  private Introduction begin(ScannerPass by, Tx tx, Hello hello) throws SQLException {
    Connection transaction = tx.connection();
    VantagePoint vantagePoint = new VantagePoint(hello.vantagePoint(), hello.simulated());
    Optional<RegisteredVantagePoint> place = admit(transaction, by, vantagePoint);
    if (place.isEmpty()) {
      return new Introduction.NotAdmitted();
    }
    Optional<Introduced> introduced = store(transaction, place.get(), hello);
    if (introduced.isEmpty()) {
      return new Introduction.Refused(otherKind(vantagePoint.name()));
    }
    if (introduced.get().isNew()) {
      tx.audit(
          new Actor.Scanner(vantagePoint.name()),
          AuditEntry.ofInstallation(VantagePointAct.INTRODUCED, vantagePoint.name())
              .with("simulated", vantagePoint.simulated()));
    }
    Lease lease = leases.begin(transaction, hello);
    VantageFaults.endOfGone(transaction, vantagePoint.name(), clock.instant());
    return new Introduction.Assigned(
        assignments.of(place.get(), introduced.get().revision(), lease));
  }

  static String otherKind(String name) {
    return "the vantage point %s is of the other kind; simulated and real measurements never share"
            .formatted(name)
        + " one, so choose another name";
  }

  /** Empty when it has no proper name or is of the other kind. */
  Optional<Touched> touch(Connection connection, RegisteredVantagePoint place, UUID spool)
      throws SQLException {
    if (!VantagePoint.isName(place.vantagePoint().name())) {
      return Optional.empty();
    }
    Optional<Touched> touched = touch(connection, place);
    if (touched.isPresent()) {
      return touched;
    }
    adopt(connection, place.vantagePoint(), spool);
    return touch(connection, place);
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

  private Optional<Touched> touch(Connection connection, RegisteredVantagePoint place)
      throws SQLException {
    return TOUCH
        .bind("now", clock.instant())
        .bind("digest", assignments.digest(place))
        .bind("name", place.vantagePoint().name())
        .bind("simulated", place.vantagePoint().simulated())
        .first(
            connection, row -> new Touched(row.getLong("revision"), Columns.time(row, "horizon")));
  }

  private Optional<Introduced> store(
      Connection connection, RegisteredVantagePoint place, Hello hello) throws SQLException {
    return INTRODUCE
        .bind("name", hello.vantagePoint())
        .bind("simulated", hello.simulated())
        .bind("mode", hello.mode())
        .bind("spool", hello.spool())
        .bind("digest", assignments.digest(place))
        .bind("now", clock.instant())
        .first(
            connection, row -> new Introduced(row.getLong("revision"), row.getBoolean("is_new")));
  }

  /** A revision that the scanner knows when the assignment is what it was at its hello. */
  private long revision(Connection connection, RegisteredVantagePoint place) throws SQLException {
    return REVISION
        .bind("digest", assignments.digest(place))
        .bind("name", place.vantagePoint().name())
        .first(connection, row -> row.getLong("revision"))
        .orElse(0L);
  }
}
