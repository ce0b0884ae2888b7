package io.nettrace.plan;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Holds each tenant to the limits of its plan. */
@Service
public class Quotas {
  private static final Logger LOG = System.getLogger(Quotas.class.getName());
  private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

  /** Tenants are reported in so many parts, so that calls do not wait for a large report. */
  private static final int PARTS = 10;

  /** So long a call waits for a slice that somebody else is asking for. */
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** So long nobody asks a ledger that was away. */
  private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int ASKING_AHEAD_AT_ONCE = 2;

  private final Database database;
  private final TenantPlans plans;
  private final QuotaClock time;
  private final Nodes nodes;
  private final Reporter reporter;
  private final Map<UUID, Meter> meters = new ConcurrentHashMap<>();
  private final Map<String, MomentLimits> bursts = new ConcurrentHashMap<>();
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-usage").factory());
  private final ExecutorService askers =
      Executors.newFixedThreadPool(
          ASKING_AHEAD_AT_ONCE, Thread.ofPlatform().daemon().name("nettrace-quota").factory());
  private volatile long awayUntilNanos;
  private int nextPart;

  @Inject
  public Quotas(Database database, TenantPlans plans, Clock clock) {
    this(database, plans, clock, System::nanoTime);
  }

  Quotas(Database database, TenantPlans plans, Clock clock, LongSupplier nanos) {
    UUID node = UUID.randomUUID();
    this.database = database;
    this.plans = plans;
    this.time = new QuotaClock(clock, nanos);
    this.nodes = new Nodes(database, node);
    this.reporter = new Reporter(database, node);
    this.awayUntilNanos = nanos.getAsLong();
  }

  public void begin(@Observes @Priority(StartPhase.SERVE) DatabaseReady ready) {
    every(Nodes.BEAT_EVERY, this::beat);
    every(REPORT_EVERY.dividedBy(PARTS), this::flushPart);
  }

  /** Reports everything and gives back every slice. */
  @PreDestroy
  public void stop() {
    upkeep.shutdownNow();
    askers.shutdownNow();
    quietly(() -> report(true, _ -> true));
    quietly(nodes::leave);
  }

  /**
   * Whether a call of this tenant may be answered now. Looks at memory; only when the tenant's
   * slice of the day is empty is the ledger asked.
   */
  public Admission admit(UUID tenantId) {
    long giveUpNanos = 0;
    while (true) {
      MomentLimits burst = burst(tenantId);
      Meter meter = meter(tenantId, burst);
      switch (meter.look(burst, time)) {
        case Meter.Look.Go(Admission.Admitted admitted, Meter.Lease ahead) -> {
          if (ahead != null) {
            askAhead(meter, ahead);
          }
          return admitted;
        }
        case Meter.Look.Stop(Admission why) -> {
          return why;
        }
        case Meter.Look.Ask(Meter.Lease lease) -> {
          if (!ask(meter, lease)) {
            return new Admission.Unavailable();
          }
        }
        case Meter.Look.Wait(Meter.Lease lease) -> {
          if (giveUpNanos == 0) {
            giveUpNanos = System.nanoTime() + WAIT_NANOS;
          }
          if (!await(lease, giveUpNanos - System.nanoTime())) {
            return new Admission.Unavailable();
          }
        }
        case Meter.Look.Gone _ -> meters.remove(tenantId, meter);
      }
    }
  }

  /** What the headers of an answer say. */
  public QuotaState state(UUID tenantId) {
    MomentLimits burst = burst(tenantId);
    Meter meter = meters.get(tenantId);
    return meter == null
        ? Meter.untouched(burst, booked(tenantId), time)
        : meter.state(burst, time);
  }

  /** The ledger is told everything that is known here. */
  void flush() {
    report(false, _ -> true);
  }

  private void flushPart() {
    nextPart = (nextPart + 1) % PARTS;
    report(false, meter -> Math.floorMod(meter.tenantId.hashCode(), PARTS) == nextPart);
  }

  /** Says that this node lives, and learns how many do. */
  void beat() {
    nodes.beat();
  }

  /** How many tenants there is something in memory of. */
  int tenantsHeld() {
    return meters.size();
  }

  private void report(boolean leaving, Predicate<Meter> some) {
    reporter.report(
        report ->
            meters
                .values()
                .removeIf(meter -> some.test(meter) && meter.collect(report, time, leaving)));
  }

  private Meter meter(UUID tenantId, MomentLimits burst) {
    Meter meter = meters.get(tenantId);
    return meter != null
        ? meter
        : meters.computeIfAbsent(tenantId, id -> new Meter(id, burst, time));
  }

  private MomentLimits burst(UUID tenantId) {
    Plan plan = plans.of(tenantId);
    MomentLimits burst = bursts.get(plan.name());
    int alive = nodes.alive();
    return burst != null && burst.isFor(plan, alive)
        ? burst
        : bursts.compute(
            plan.name(),
            (_, known) ->
                known != null && known.isFor(plan, alive) ? known : new MomentLimits(plan, alive));
  }

  private void askAhead(Meter meter, Meter.Lease lease) {
    try {
      askers.execute(() -> quietly(() -> ask(meter, lease)));
    } catch (RejectedExecutionException e) {
      meter.over(lease, false); // the server stops
    }
  }

  /** False when the ledger could not be asked. */
  private boolean ask(Meter meter, Meter.Lease lease) {
    boolean answered = false;
    try {
      if (time.nanos() - awayUntilNanos >= 0) {
        if (meter.hasSpare(lease)) {
          flush(); // what a larger plan had taken ahead is not missing in a smaller one
        }
        Ledger.Slice slice =
            database.run(
                connection ->
                    Ledger.lease(
                        connection,
                        meter.tenantId,
                        lease.share.day,
                        lease.plan,
                        meter.wanted(lease),
                        nodes.alive()));
        meter.take(lease, slice, time);
        answered = true;
      }
    } catch (DatabaseUnavailableException e) {
      awayUntilNanos = time.nanos() + AWAY_NANOS;
      LOG.log(Level.DEBUG, "no slice of a quota: {0}", e.getMessage());
    } finally {
      meter.over(lease, answered);
    }
    return answered;
  }

  private static boolean await(Meter.Lease lease, long nanos) {
    try {
      return lease.over.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private long booked(UUID tenantId) {
    LocalDate today = LocalDate.ofEpochDay(time.day());
    try {
      return database.run(connection -> Ledger.days(connection, tenantId, today, today)).stream()
          .mapToLong(UsageDay::used)
          .sum();
    } catch (DatabaseUnavailableException e) {
      return 0;
    }
  }

  private void every(Duration period, Runnable work) {
    var _ =
        upkeep.scheduleWithFixedDelay(
            () -> quietly(work), 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (DatabaseUnavailableException e) {
      LOG.log(Level.DEBUG, "usage is reported later: {0}", e.getMessage());
    } catch (DatabaseException e) {
      LOG.log(Level.WARNING, "usage could not be reported", e);
    }
  }
}
