package io.nettrace.scan;

import io.nettrace.catalog.Schedule;
import io.nettrace.catalog.ScheduledTargets;
import io.nettrace.catalog.Targets;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.scanner.Acknowledgement;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.OwnFault;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes deliveries in. The life of one: its vantage point is found and locked; if its number is
 * new, what can be believed is split by whose it is. Each tenant's part is committed in the
 * tenant's schema, then the catalogue's with the number; killed between, the delivery comes again
 * and finds what is stored. After the commit the scan is announced, and the scanner hears that it
 * may forget the delivery.
 */
@Service
public class Deliveries {
  private static final Sql NUMBER =
      Sql.of(
          """
          insert into platform.deliveries
            (spool, sequence, vantage_point, sealed_at, stored_at, accepted, refused)
          values
            (:spool, :sequence, :vantage_point, :sealed_at, :stored_at, :accepted, :refused)
          on conflict do nothing
          """);

  private static final Duration YEAR = Duration.ofDays(365);

  private final Database database;
  private final VantagePoints vantagePoints;
  private final Targets targets;
  private final ScheduledTargets scheduled;
  private final TenantParts tenantParts;
  private final ScanConfig config;
  private final Recorder recorder;
  private final Event<DeliveryStored> stored;
  private final ScanCounters counters;
  private final Clock clock;

  @Inject
  Deliveries(
      Database database,
      VantagePoints vantagePoints,
      Targets targets,
      ScheduledTargets scheduled,
      TenantParts tenantParts,
      ScanConfig config,
      Recorder recorder,
      Event<DeliveryStored> stored,
      ScanCounters counters,
      Clock clock) {
    this.database = database;
    this.vantagePoints = vantagePoints;
    this.targets = targets;
    this.scheduled = scheduled;
    this.tenantParts = tenantParts;
    this.config = config;
    this.recorder = recorder;
    this.stored = stored;
    this.counters = counters;
    this.clock = clock;
  }

  private sealed interface Result {
    record Fresh(AcceptedScan whole, AcceptedScan catalogue, boolean faultsTold, long revision)
        implements Result {}

    record Known(long revision) implements Result {}

    record Unwelcome() implements Result {}

    record NotAdmitted() implements Result {}
  }

  /** Stores a delivery once, however often it arrives. */
  public DeliveryOutcome take(ScannerPass by, Delivery delivery) {
    return switch (database.transaction(tx -> store(by, tx, delivery))) {
      case Result.Fresh(var whole, var catalogue, boolean told, long revision) -> {
        counters.stored(whole);
        stored.fire(new DeliveryStored(catalogue, told));
        yield acknowledge(delivery, false, revision);
      }
      case Result.Known(long revision) -> {
        counters.repeated();
        yield acknowledge(delivery, true, revision);
      }
      case Result.Unwelcome _ ->
          new DeliveryOutcome.Refused(VantagePoints.otherKind(delivery.vantagePoint()));
      case Result.NotAdmitted _ -> new DeliveryOutcome.NotAdmitted();
    };
  }

  private Result store(ScannerPass by, Tx tx, Delivery received) throws SQLException {
    Connection transaction = tx.connection();
    Instant arrived = clock.instant();
    Redating dating = new Redating(received, arrived);
    Delivery delivery = dating.of(received);
    VantagePoint vantagePoint = new VantagePoint(delivery.vantagePoint(), delivery.simulated());
    Optional<RegisteredVantagePoint> place = vantagePoints.admit(transaction, by, vantagePoint);
    if (place.isEmpty()) {
      return new Result.NotAdmitted();
    }
    AssignmentPolicy policy = place.get().policy();
    Optional<VantagePoints.Touched> touched =
        vantagePoints.touch(transaction, place.get(), delivery.spool());
    if (touched.isEmpty()) {
      return new Result.Unwelcome();
    }
    long revision = touched.get().revision();
    Schedule schedule = scheduled.schedule();
    Plausibility plausibility = plausibility(policy, touched.get().horizon(), schedule);
    AcceptedScan scan = believe(delivery, vantagePoint, plausibility);
    if (!number(transaction, delivery, scan)) {
      return new Result.Known(revision);
    }
    tenantParts.store(tx, policy, delivery, scan, schedule);
    AcceptedScan forAll = scan.of(id -> policy.owner().isEmpty() && targets.byId(id).isPresent());
    recorder.record(new Recording(tx, forAll));
    boolean told =
        policy.owner().isEmpty()
            && tellFaults(transaction, delivery, plausibility, dating, arrived);
    return new Result.Fresh(scan, forAll, told, revision);
  }

  /**
   * True when one may have begun. Everyone reads them, so those of tenants' vantage points are not
   * told.
   */
  private static boolean tellFaults(
      Connection transaction,
      Delivery delivery,
      Plausibility plausibility,
      Redating dating,
      Instant arrived)
      throws SQLException {
    String from = delivery.vantagePoint();
    List<OwnFault> faults = delivery.faults().stream().filter(plausibility::believes).toList();
    VantageFaults.tell(transaction, from, delivery.spool(), faults, delivery.sealedAt(), arrived);
    return VantageFaults.clock(transaction, from, delivery.spool(), dating.fault(), arrived)
        || !faults.isEmpty();
  }

  private static boolean number(Connection transaction, Delivery delivery, AcceptedScan scan)
      throws SQLException {
    return NUMBER
            .bind("spool", delivery.spool())
            .bind("sequence", delivery.sequence())
            .bind("vantage_point", delivery.vantagePoint())
            .bind("sealed_at", sealedAt(delivery, scan.knownAt()))
            .bind("stored_at", scan.knownAt())
            .bind("accepted", scan.accepted())
            .bind("refused", scan.refused())
            .update(transaction)
        == 1;
  }

  /** A scanner's clock may be anywhere; the column only has to stay within what it can hold. */
  private static Instant sealedAt(Delivery delivery, Instant now) {
    boolean sane = Duration.between(delivery.sealedAt(), now).abs().compareTo(YEAR) < 0;
    return sane ? delivery.sealedAt() : now;
  }

  private AcceptedScan believe(
      Delivery delivery, VantagePoint vantagePoint, Plausibility plausibility) {
    Instant now = clock.instant();
    var bursts = delivery.bursts().stream().filter(plausibility::believes).toList();
    var traces = delivery.traces().stream().filter(plausibility::believes).toList();
    var resolutions = delivery.resolutions().stream().filter(plausibility::believes).toList();
    int offered =
        delivery.bursts().size() + delivery.traces().size() + delivery.resolutions().size();
    return new AcceptedScan(
        vantagePoint,
        now,
        bursts,
        traces,
        resolutions,
        offered - bursts.size() - traces.size() - resolutions.size());
  }

  private Plausibility plausibility(AssignmentPolicy policy, Instant horizon, Schedule schedule) {
    Instant now = clock.instant();
    Instant oldest = now.minus(config.oldestAccepted());
    return new Plausibility(
        policy, targets, schedule, now, oldest.isBefore(horizon) ? horizon : oldest);
  }

  private DeliveryOutcome acknowledge(Delivery delivery, boolean duplicate, long revision) {
    List<String> traceNow =
        database.run(c -> TraceRequests.take(c, delivery.vantagePoint(), delivery.spool()));
    return new DeliveryOutcome.Stored(
        new Acknowledgement(delivery.spool(), delivery.sequence(), duplicate, revision, traceNow));
  }
}
