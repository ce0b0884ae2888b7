package io.nettrace.scanner.cycle;

import io.nettrace.platform.log.SampledLog;
import io.nettrace.scanner.AddressPolicy;
import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.MeasuredTrace.Cause;
import io.nettrace.scanner.OwnFault;
import io.nettrace.scanner.courier.Orders;
import io.nettrace.scanner.spool.Spool;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the lease holds of the assignment, each target in its own phase of the cycle, and
 * each once in a cycle. What nobody has measured for long is begun at once, so that a new scanner
 * has something to say; so is a target that was just added. What was measured goes to the spool at
 * once and is sealed there once a second.
 */
public final class Cycle implements Orders, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Cycle.class.getName());
  private static final Duration FIRST_ROUND = Duration.ofSeconds(5);

  /** So many new targets are begun in no wave either. */
  private static final int FEW = 50;

  private static final Duration ONE_LINE_IN = Duration.ofMinutes(1);
  private static final Duration SEAL_EVERY = Duration.ofSeconds(1);

  private final Measuring measuring;
  private final Spool spool;
  private final ScheduledExecutorService thread;
  private final Clock clock;
  private final AddressPolicy policy;
  private final Map<String, TargetPlan> plans = new TreeMap<>();
  private final LongSupplier nanos;
  private final ClusterTime time = new ClusterTime();
  private final TargetCycle.Line line;
  private final SampledLog full;
  private boolean isFull;
  private Tenure tenure = Tenure.NONE;
  private int ofCatalogue;

  /**
   * {@code nanos} is the thread's own monotonic clock, {@code clock} dates measurements, {@code
   * policy} guards what tenants name.
   */
  public Cycle(
      Measuring measuring,
      Spool spool,
      ScheduledExecutorService thread,
      LongSupplier nanos,
      Clock clock,
      AddressPolicy policy) {
    this.policy = policy;
    this.nanos = nanos;
    this.measuring = measuring;
    this.spool = spool;
    this.thread = thread;
    this.clock = clock;
    this.full =
        new SampledLog(
            System.getLogger(Cycle.class.getName()),
            System.Logger.Level.WARNING,
            ONE_LINE_IN,
            clock);
    this.line =
        new TargetCycle.Line(
            new LineWatch(this::witnesses, this::tell),
            new ResolverWatch(this::tell),
            this::isWitness,
            nanos);
    var _ = every(SEAL_EVERY, SEAL_EVERY, this::seal);
  }

  @Override
  public void assigned(Assignment assignment) {
    thread.execute(() -> follow(assignment));
  }

  @Override
  public void leased(Lease lease, long askedNanos, long heardNanos) {
    Tenure granted = Tenure.of(lease, askedNanos);
    thread.execute(
        () -> {
          time.heard(lease.grantedAt(), askedNanos, heardNanos);
          lease(granted);
        });
  }

  @Override
  public void traceNow(List<String> targetIds) {
    thread.execute(
        () ->
            targetIds.stream()
                .map(plans::get)
                .filter(Objects::nonNull)
                .forEach(plan -> plan.target().traceNow(Cause.REQUESTED)));
  }

  /** Seals what is there; what is under way is given up. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (thread.awaitTermination(SEAL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        seal();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever an assignment leaves as it was keeps its moment and its past. */
  private void follow(Assignment assignment) {
    Map<String, TargetPlan> before = Map.copyOf(plans);
    Positions positions = new Positions(assignment.targets());
    List<TargetPlan> added = new ArrayList<>();
    plans.clear();
    ofCatalogue = (int) assignment.targets().stream().filter(one -> !one.guarded()).count();
    for (AssignedTarget target : assignment.targets()) {
      TargetPlan plan =
          plan(
              Optional.ofNullable(before.get(target.targetId())),
              target,
              target.cadence(assignment.cadence()),
              positions.next(target));
      plans.put(target.targetId(), plan);
      if (!before.containsKey(target.targetId())) {
        added.add(plan);
      }
    }
    before.forEach((id, plan) -> endUnlessKept(plan, plans.get(id)));
    before.keySet().stream().filter(id -> !plans.containsKey(id)).forEach(line.watch()::forget);
    beginIdle();
    if (!before.isEmpty()) {
      begin(added);
    }
    tell(assignment);
  }

  /** Somebody may be waiting for what was just added. */
  private void begin(List<TargetPlan> added) {
    added.forEach(plan -> plan.target().hurry());
    List<Recurring> all = added.stream().flatMap(plan -> plan.recurring().stream()).toList();
    beginNow(all, Math.max(all.size(), FEW));
  }

  private static void tell(Assignment assignment) {
    Cadence cadence = assignment.cadence();
    LOG.log(
        Level.INFO,
        "{0} has {1} targets: a burst of {2} every {3} s, a trace every {4} s",
        new Object[] {
          assignment.vantagePoint(),
          assignment.targets().size(),
          cadence.burstPackets(),
          cadence.burstEvery().toSeconds(),
          cadence.traceEvery().toSeconds()
        });
  }

  private void tell(OwnFault fault) {
    spool.append(fault);
    LOG.log(
        fault.endedAt().isPresent() ? Level.INFO : Level.WARNING,
        "Own fault {0}, {1}: {2}",
        new Object[] {
          fault.kind(), fault.endedAt().isPresent() ? "over" : "begun", fault.reason()
        });
  }

  /**
   * Whether the target tells something of the vantage point. A tenant's does not, as all others
   * would hear of it, unless there are no others.
   */
  private boolean isWitness(AssignedTarget target) {
    return ofCatalogue == 0 || !target.guarded();
  }

  private int witnesses() {
    return ofCatalogue == 0 ? plans.size() : ofCatalogue;
  }

  private TargetPlan plan(
      Optional<TargetPlan> before, AssignedTarget target, Cadence cadence, double position) {
    Optional<TargetPlan> same = before.filter(plan -> plan.isSame(target, cadence, position));
    if (same.isPresent()) {
      return same.get();
    }
    TargetCycle cycle =
        before
            .filter(plan -> plan.isFor(target))
            .map(TargetPlan::target)
            .orElseGet(() -> make(target));
    TargetPlan plan = new TargetPlan(cycle, cadence, position);
    plan.recurring().forEach(this::scheduleNext);
    return plan;
  }

  private static void endUnlessKept(TargetPlan before, @Nullable TargetPlan now) {
    if (before != now) {
      before.end();
    }
  }

  private TargetCycle make(AssignedTarget target) {
    return new TargetCycle(
        target, measuring, spool, thread, clock, policy, line, () -> allows(target.targetId()));
  }

  private void scheduleNext(Recurring one) {
    long now = epochNanos();
    long cycle = one.occurrences().next(now);
    after(
        one.occurrences().delay(cycle, now),
        () -> {
          if (!one.isEnded()) {
            if (allows(one.targetId()) && one.occurrences().use(cycle)) {
              one.measure();
            }
            scheduleNext(one);
          }
        });
  }

  private void lease(Tenure granted) {
    tenure = granted;
    beginIdle();
  }

  /** What nobody has measured for long does not wait for its moment. */
  private void beginIdle() {
    List<Recurring> all = plans.values().stream().flatMap(p -> p.recurring().stream()).toList();
    beginNow(all.stream().filter(one -> tenure.isIdle(one.targetId())).toList(), all.size());
  }

  /** One after another, as if there were {@code count} of them to begin in the first round. */
  private void beginNow(List<Recurring> waiting, int count) {
    for (int i = 0; i < waiting.size(); i++) {
      Recurring one = waiting.get(i);
      after(
          FIRST_ROUND.toNanos() * i / count,
          () -> {
            if (!one.isEnded()
                && allows(one.targetId())
                && one.occurrences().useNow(epochNanos())) {
              one.measure();
            }
          });
    }
  }

  private boolean allows(String targetId) {
    return tenure.allows(targetId, nanos.getAsLong());
  }

  private long epochNanos() {
    return time.epochNanos(nanos.getAsLong());
  }

  private void after(long delayNanos, Runnable task) {
    var _ = thread.schedule(guarded(task), delayNanos, TimeUnit.NANOSECONDS);
  }

  private Future<?> every(Duration delay, Duration period, Runnable task) {
    return thread.scheduleAtFixedRate(
        guarded(task), delay.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A task that throws would never run again. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.log(Level.SEVERE, "A measurement failed unexpectedly", e);
      }
    };
  }

  private void seal() {
    try {
      spool.seal();
      if (isFull) {
        isFull = false;
        LOG.info("The spool's disk takes measurements again");
      }
    } catch (IOException e) {
      isFull = true;
      full.log(
          "full",
          "The spool's disk takes no measurements (%s): %d wait in memory, and when that is full the oldest are given up. Free room on it."
              .formatted(e.getMessage(), spool.state().unwritten()));
    }
  }
}
