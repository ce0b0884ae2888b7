package io.nettrace.sample;

import io.nettrace.catalog.ScheduledTargets;
import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.ProbeOutcome;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.Recorder;
import io.nettrace.scan.Recording;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.tenant.NoTenants;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.TenantSettings;
import io.nettrace.tenant.Tenants;
import io.nettrace.testing.NoObservers;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The record for tests of other components: scans go in as deliveries do. */
public final class RecordKit {
  public static final VantagePoint LAB = new VantagePoint("lab-it", true);

  /** Takes no notice of routes. */
  public static final RouteIdentifier NO_ROUTES =
      recording -> recording.scan().traces().stream().map(_ -> IdentifiedRoute.NONE).toList();

  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  private static final SampleConfig CONFIG = new SampleConfig(4, Duration.ofMinutes(3));

  private final Database database;
  private final Records records;
  private final Latest latest;
  private final SampleRecorder recorder;

  public RecordKit(Database database, RouteIdentifier routes) {
    this(database, new NoTenants(database).walls(), routes);
  }

  /** One that holds the records of tenants too. */
  public RecordKit(Database database, TenantDatabase walls, RouteIdentifier routes) {
    this.database = database;
    this.records = new Records(database, walls);
    this.latest = new Latest(database, CONFIG, new NoObservers<>(), Clock.systemUTC());
    this.recorder = new SampleRecorder(routes, latest, CONFIG, new Partitions());
  }

  /** One that takes no notice of routes. */
  public RecordKit(Database database) {
    this(database, NO_ROUTES);
  }

  public Latest latest() {
    return latest;
  }

  public History history() {
    return new History(records);
  }

  public KnownFeed feed() {
    return new KnownFeed(records);
  }

  public Records records() {
    return records;
  }

  public OwnStandings standings(ScheduledTargets targets, Clock clock) {
    return new OwnStandings(records, targets, CONFIG, clock);
  }

  /** Where nothing is set for the installation. */
  public DefaultVantagePoints defaults(TenantSettings settings) {
    return new DefaultVantagePoints(new ReadConfig(Optional.empty()), settings, latest);
  }

  /** Upkeep of tenants' records as of a moment; single bursts are kept for 32 days. */
  public OwnUpkeep ownUpkeep(Tenants tenants, Clock clock) {
    Duration month = Duration.ofDays(32);
    Duration years = Duration.ofDays(3660);
    return new OwnUpkeep(
        records,
        tenants,
        new RetentionConfig(month, years, years, years, years),
        new Chores(database),
        clock);
  }

  /** The record's end of a control plane. */
  public Recorder recorder() {
    return recorder;
  }

  public void store(AcceptedScan scan) {
    boolean _ =
        database.transaction(
            tx -> {
              recorder.record(new Recording(tx, scan));
              return true;
            });
  }

  /** Stores {@code count} bursts of two packets, one answered, {@code apart} from each other. */
  public void bursts(String targetId, String host, Instant first, Duration apart, int count) {
    bursts(LAB, targetId, host, first, apart, count);
  }

  /** The same from another vantage point. */
  public void bursts(
      VantagePoint from, String targetId, String host, Instant first, Duration apart, int count) {
    store(scan(from, targetId, host, first, apart, count));
  }

  /** The same in a tenant's own record. */
  public void ownBursts(
      Tenant tenant, String targetId, String host, Instant first, Duration apart, int count) {
    AcceptedScan scan = scan(LAB, targetId, host, first, apart, count);
    boolean _ =
        records.transaction(
            new RecordOf.Own(tenant),
            transaction -> {
              recorder.record(new Recording(new RecordOf.Own(tenant), transaction, scan));
              return true;
            });
  }

  private static AcceptedScan scan(
      VantagePoint from, String targetId, String host, Instant first, Duration apart, int count) {
    List<MeasuredBurst> bursts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<ProbeOutcome> outcomes =
          List.of(
              new ProbeOutcome.Replied(ADDRESS, 1_000_000 + i * 1_000L),
              new ProbeOutcome.TimedOut());
      Instant at = first.plus(apart.multipliedBy(i));
      bursts.add(
          new MeasuredBurst(
              targetId, host, Burst.of(at, ADDRESS, Protocol.ICMP, ProbeMode.RAW, outcomes)));
    }
    return new AcceptedScan(from, Instant.now(), bursts, List.of(), List.of(), 0);
  }
}
