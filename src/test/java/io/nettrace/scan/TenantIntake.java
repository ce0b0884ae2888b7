package io.nettrace.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.ScheduledTargets;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetKit;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.catalog.Targets;
import io.nettrace.geo.PlacesKit;
import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.Chores;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Settings;
import io.nettrace.platform.job.Jobs;
import io.nettrace.route.RoutesKit;
import io.nettrace.sample.RecordKit;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Actors;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.NoObservers;
import java.net.InetAddress;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Deliveries that hold measurements for tenants, on a database with two of them. */
abstract class TenantIntake {
  static final String HOST = "secret-canary.example.com";
  static final VantagePoint FROM = new VantagePoint("lab-it", true);
  static final ScannerPass BY = new ScannerPass.SharedToken();
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.51.100.9");
  static final Duration DAY = Duration.ofDays(1);

  private final ScanConfig config = ScanConfig.from(Settings.of(Map.of()));
  final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  final MovableClock clock = new MovableClock(now);
  final UUID spool = UUID.randomUUID();
  final ScanCounters counters = new ScanCounters();
  final Set<UUID> away = new HashSet<>();
  final AtomicBoolean dies = new AtomicBoolean();
  final List<String> log = new ArrayList<>();
  final Logger root = Logger.getLogger("io.nettrace");
  final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          log.add(new java.util.logging.SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  TenantKit kit;
  RoutesKit routes;
  RecordKit record;
  ScheduledTargets scheduled;
  Deliveries deliveries;
  Jobs jobs;
  ParkedParts parked;
  Tenant first;
  Tenant second;
  CustomTarget one;
  CustomTarget other;

  @BeforeEach
  void open() {
    root.addHandler(listener);
    kit = new TenantKit();
    TargetKit targets = new TargetKit(kit);
    first = kit.tenant("first");
    second = kit.tenant("second");
    one = target(targets, first);
    other = target(targets, second);
    scheduled = targets.scheduled();
    routes =
        new RoutesKit(
            kit.database,
            kit.walls,
            PlacesKit.labOnly(kit.database),
            new TraceRequests(kit.database));
    record = new RecordKit(kit.database, kit.walls, routes.routes());
    OwnRecord own = new OwnRecord(kit.walls, mortal());
    Chores chores = new Chores(kit.database);
    jobs = new Jobs(kit.database, chores, clock);
    parked =
        new ParkedParts(
            kit.database, kit.tenants, kit.walls, own, jobs, chores, config, counters, clock);
    parked.begin(new DatabaseReady());
    deliveries = intake(own);
  }

  @AfterEach
  void close() {
    root.removeHandler(listener);
    kit.close();
  }

  private Recorder mortal() {
    return recording -> {
      if (dies.get() && recording.whose() instanceof RecordOf.Catalogue) {
        throw new IllegalStateException("killed");
      }
      if (recording.tenant().filter(away::contains).isPresent()) {
        throw new DatabaseUnavailableException("away");
      }
      record.recorder().record(recording);
    };
  }

  private Deliveries intake(OwnRecord own) {
    Targets catalogue = new Targets(Optional.empty());
    VantagePoints vantagePoints =
        new VantagePoints(
            kit.database, new Assignments(config, catalogue, scheduled), new Leases(config), clock);
    return new Deliveries(
        kit.database,
        vantagePoints,
        catalogue,
        scheduled,
        new TenantParts(kit.tenants, kit.walls, own, parked),
        config,
        mortal(),
        new NoObservers<>(),
        counters,
        clock);
  }

  static CustomTarget target(TargetKit targets, Tenant tenant) {
    TargetDraft draft =
        new TargetDraft(
            HOST, 443, List.of(Protocol.ICMP), "a", List.of(), Duration.ofMinutes(1), false);
    return ((TargetOutcome.Saved)
            targets.targets().create(Actors.TEST, tenant, TargetKit.AMPLE, draft, "somebody"))
        .target();
  }

  void store(Delivery delivery) {
    assertThat(deliveries.take(BY, delivery)).isInstanceOf(DeliveryOutcome.Stored.class);
  }

  Delivery delivery(long sequence, Instant at) {
    return delivery(sequence, at, "203.0.113.1");
  }

  /** A burst, a trace over {@code router} and an answer of each target. */
  Delivery delivery(long sequence, Instant at, String router) {
    List<MeasuredBurst> bursts = new ArrayList<>();
    List<MeasuredTrace> traces = new ArrayList<>();
    List<Resolution> answers = new ArrayList<>();
    for (var each : Map.of("nyse", "www.nyse.com", one.id(), HOST, other.id(), HOST).entrySet()) {
      bursts.add(
          new MeasuredBurst(
              each.getKey(),
              each.getValue(),
              Burst.of(
                  at,
                  ADDRESS,
                  Protocol.ICMP,
                  ProbeMode.RAW,
                  List.of(new ProbeOutcome.Replied(ADDRESS, 1_000_000 + sequence)))));
      traces.add(
          new MeasuredTrace(
              each.getKey(), each.getValue(), MeasuredTrace.Cause.SCHEDULED, trace(at, router)));
      answers.add(
          new Resolution.Resolved(
              each.getKey(),
              new AnswerSet(each.getValue(), at, List.of(ADDRESS), Duration.ofSeconds(60))));
    }
    return new Delivery(spool, sequence, FROM.name(), true, at, bursts, traces, answers);
  }

  static Trace trace(Instant at, String router) {
    List<Hop> hops = new ArrayList<>();
    for (String address : List.of("192.0.2.1", router, ADDRESS.getHostAddress())) {
      hops.add(
          new Hop(
              hops.size() + 1,
              hops.size() == 2 ? HopState.DESTINATION : HopState.ANSWERED,
              List.of(new HopReply(InetAddress.ofLiteral(address), 1_000_000, List.of()))));
    }
    return new Trace(at, ADDRESS, Protocol.ICMP, ProbeMode.RAW, hops, TraceEnd.DESTINATION_REACHED);
  }

  long own(Tenant tenant, String from) {
    return kit.walls.transaction(tenant, tx -> count(tx.connection(), from));
  }

  long count(String from) {
    return kit.database.run(connection -> count(connection, from));
  }

  static long count(java.sql.Connection connection, String from) throws java.sql.SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + from)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** As the one who owns tenants' schemas. */
  void execute(String sql) {
    kit.asOwner(sql);
  }
}
