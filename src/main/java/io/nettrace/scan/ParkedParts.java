package io.nettrace.scan;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.job.Job;
import io.nettrace.platform.job.JobHandler;
import io.nettrace.platform.job.JobType;
import io.nettrace.platform.job.Jobs;
import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.PackedWire;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantData;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parts of deliveries that wait for a tenant's schema which is behind, locked or broken. The life
 * of one: it is parked in the delivery's transaction, which also enqueues the tenant's job; the job
 * stores the tenant's parts one by one, the oldest first, and comes again after a pause as long as
 * the schema takes none. What is parked for longer than measurements may be old is dropped.
 */
@Service
public class ParkedParts implements JobHandler<UnparkJob>, TenantData {
  static final JobType<UnparkJob> UNPARK =
      JobType.of("scan.unpark", UnparkJob.class).perTenant(1).perNode(2);

  static final String BEHIND = "its schema is behind";
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** The longer a tenant's oldest part waits, the rarer it is tried. */
  private static final int PAUSES_PER_AGE = 4;

  /** One part may be at fault itself; when two fail in a row, their schema is. */
  private static final int MOST_FAILURES = 2;

  private static final Duration EXPIRE_EVERY = Duration.ofMinutes(5);
  private static final Logger LOG = System.getLogger(ParkedParts.class.getName());

  private final Database database;
  private final Tenants tenants;
  private final TenantDatabase walls;
  private final OwnRecord records;
  private final Jobs jobs;
  private final Chores chores;
  private final ScanConfig config;
  private final ScanCounters counters;
  private final Clock clock;

  /** Tenants of which no more can be parked, so that it is logged once. */
  private final Set<UUID> full = ConcurrentHashMap.newKeySet();

  private record Step(long id, boolean stored) {}

  @Inject
  ParkedParts(
      Database database,
      Tenants tenants,
      TenantDatabase walls,
      OwnRecord records,
      Jobs jobs,
      Chores chores,
      ScanConfig config,
      ScanCounters counters,
      Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.walls = walls;
    this.records = records;
    this.jobs = jobs;
    this.chores = chores;
    this.config = config;
    this.counters = counters;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    jobs.handle(UNPARK, this);
    chores.every(EXPIRE_EVERY, "dropping parked measurements that are too old", this::expire);
    chores.every(EXPIRE_EVERY, "looking for parked measurements without a job", this::resume);
  }

  /** Measurements that wait, by tenant, the one that has waited longest first. */
  public List<ParkedOfTenant> byTenant() {
    return database.run(ParkedStore::byTenant);
  }

  /** How many bytes of each tenant wait; those without any are not in it. */
  Map<UUID, Long> waiting(Tx whole, Collection<UUID> tenantIds) throws SQLException {
    return ParkedStore.waiting(whole.connection(), tenantIds);
  }

  /**
   * Parks a part in its delivery's transaction, unless too much of the tenant is parked.
   *
   * @param bytes how much of the tenant is parked
   */
  void park(Tx whole, UUID tenantId, OwnPart part, String reason, long bytes) throws SQLException {
    byte[] content = PackedWire.write(part.parcel());
    if (bytes + content.length > config.parkedBytes()) {
      lose(whole, tenantId, part, "too many wait for its schema");
      return;
    }
    full.remove(tenantId);
    ParkedStore.add(whole.connection(), tenantId, part, content, reason);
    boolean isFirst = bytes == 0;
    // a job that waits keeps its time; one that ends now may not have seen this part
    enqueue(whole, tenantId, isFirst ? FIRST_PAUSE : LONGEST_PAUSE);
    if (isFirst) {
      LOG.log(Level.WARNING, "measurements of tenant {0} are parked: {1}", tenantId, reason);
    }
  }

  /** A part that is neither stored nor parked. */
  void lose(Tx whole, UUID tenantId, OwnPart part, String reason) {
    int measurements = part.scan().accepted();
    whole.afterCommit(
        () -> {
          counters.leftOut(measurements);
          if (full.add(tenantId)) {
            LOG.log(
                Level.WARNING,
                "measurements of tenant {0} are lost from now on, first {1}: {2}",
                tenantId,
                measurements,
                reason);
          }
        });
  }

  /** Stores what is parked of a tenant, as far as its schema takes it. */
  @Override
  public void run(Job job, UnparkJob data) {
    Optional<Tenant> tenant = tenants.refresh(data.tenant()).filter(walls::isReady);
    int stored = tenant.isPresent() ? drain(tenant.get()) : 0;
    Optional<Instant> oldest = database.run(c -> ParkedStore.oldest(c, data.tenant()));
    if (oldest.isEmpty() && stored == 0) {
      return;
    }
    if (stored > 0) {
      LOG.log(Level.INFO, "{0} parked parts of tenant {1} are stored", stored, data.tenant());
    }
    // also when none is left: what deliveries parked meanwhile may not have been seen
    Duration pause = oldest.map(this::pause).orElse(FIRST_PAUSE);
    database.transaction(
        tx -> {
          enqueue(tx, data.tenant(), pause);
          return true;
        });
  }

  private Duration pause(Instant oldest) {
    Duration wanted = Duration.between(oldest, clock.instant()).dividedBy(PAUSES_PER_AGE);
    if (wanted.compareTo(LONGEST_PAUSE) > 0) {
      return LONGEST_PAUSE;
    }
    return wanted.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : wanted;
  }

  private void enqueue(Tx tx, UUID tenantId, Duration pause) throws SQLException {
    boolean _ =
        jobs.enqueue(
            tx,
            UNPARK,
            tenantId.toString(),
            Optional.of(tenantId),
            new UnparkJob(tenantId),
            clock.instant().plus(pause));
  }

  /** Each part in a transaction of its own; returns how many were stored. */
  private int drain(Tenant tenant) {
    int stored = 0;
    int failures = 0;
    long after = 0;
    while (failures < MOST_FAILURES) {
      long last = after;
      Optional<Step> step = database.transaction(whole -> next(whole, tenant, last));
      if (step.isEmpty()) {
        return stored;
      }
      after = step.get().id();
      failures = step.get().stored() ? 0 : failures + 1;
      stored += step.get().stored() ? 1 : 0;
    }
    return stored;
  }

  /** Dying between the two commits, the part is found in the record and removed the next time. */
  private Optional<Step> next(Tx whole, Tenant tenant, long after) throws SQLException {
    Optional<ParkedStore.Row> found = ParkedStore.next(whole.connection(), tenant.id(), after);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ParkedStore.Row row = found.get();
    Optional<String> failure = failure(whole, tenant, row);
    if (failure.isPresent()) {
      ParkedStore.note(whole.connection(), row.id(), failure.get());
    } else {
      ParkedStore.remove(whole.connection(), row.id());
    }
    return Optional.of(new Step(row.id(), failure.isEmpty()));
  }

  private Optional<String> failure(Tx whole, Tenant tenant, ParkedStore.Row row) {
    if (row.parcel().isEmpty()) {
      return Optional.of("it cannot be read by this release");
    }
    try {
      boolean _ = records.store(whole, tenant, part(row.parcel().get()));
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(TenantFailure.name(e));
    }
  }

  /** Known from now on: readers of the record may have read past the moment of its arrival. */
  private OwnPart part(Delivery parcel) {
    AcceptedScan scan =
        new AcceptedScan(
            new VantagePoint(parcel.vantagePoint(), parcel.simulated()),
            clock.instant(),
            parcel.bursts(),
            parcel.traces(),
            parcel.resolutions(),
            0);
    return new OwnPart(parcel, scan);
  }

  /** Drops what has waited too long. */
  void expire() {
    Instant before = clock.instant().minus(config.oldestAccepted());
    Map<UUID, Integer> expired =
        database.transaction(tx -> ParkedStore.expire(tx.connection(), before));
    expired.forEach(
        (tenantId, measurements) -> {
          counters.leftOut(measurements);
          LOG.log(
              Level.WARNING,
              "{0} measurements of tenant {1} are lost: they were parked for longer than {2}",
              measurements,
              tenantId,
              config.oldestAccepted());
        });
  }

  /** Enqueues the jobs of tenants whose job an operator dropped or was given up. */
  void resume() {
    database.transaction(
        tx -> {
          for (UUID tenantId : ParkedStore.tenants(tx.connection()).stream().sorted().toList()) {
            enqueue(tx, tenantId, LONGEST_PAUSE);
          }
          return true;
        });
  }

  /** None: what is parked becomes a part of the tenant's record. */
  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public void forget(Tx tx, UUID tenantId) throws SQLException {
    ParkedStore.forget(tx.connection(), tenantId);
  }
}
