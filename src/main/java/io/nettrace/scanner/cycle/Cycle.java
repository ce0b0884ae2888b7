package io.nettrace.scanner.cycle;

import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
import io.nettrace.scanner.Lease;
import io.nettrace.scanner.MeasuredTrace.Cause;
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

/**
 * Measures what the lease holds of the assignment, each target in its own phase of the cycle, and
 * each once in a cycle. What nobody has measured for long is begun at once, so that a new scanner
 * has something to say. What was measured goes to the spool at once and is sealed there once a
 * second.
 */
public final class Cycle implements Orders, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Cycle.class.getName());
  private static final Duration FIRST_ROUND = Duration.ofSeconds(5);
  private static final Duration SEAL_EVERY = Duration.ofSeconds(1);

  private final Measuring measuring;
  private final Spool spool;
  private final ScheduledExecutorService thread;
  private final Clock clock;
  private final Harvest harvest;
  private final Map<String, TargetCycle> targets = new TreeMap<>();
  private final List<Recurring> recurring = new ArrayList<>();
  private final LongSupplier nanos;
  private final ClusterTime time = new ClusterTime();
  private Tenure tenure = Tenure.NONE;
  private int generation;

  /** {@code nanos} is the thread's own monotonic clock, {@code clock} dates measurements. */
  public Cycle(
      Measuring measuring,
      Spool spool,
      ScheduledExecutorService thread,
      LongSupplier nanos,
      Clock clock) {
    this.nanos = nanos;
    this.measuring = measuring;
    this.spool = spool;
    this.harvest = new Harvest(spool);
    this.thread = thread;
    this.clock = clock;
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
                .map(targets::get)
                .filter(Objects::nonNull)
                .forEach(target -> target.traceNow(Cause.REQUESTED)));
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

  private void follow(Assignment assignment) {
    generation++;
    Map<String, TargetCycle> before = Map.copyOf(targets);
    targets.clear();
    recurring.clear();
    Cadence cadence = assignment.cadence();
    int count = assignment.targets().size();
    for (int i = 0; i < count; i++) {
      AssignedTarget target = assignment.targets().get(i);
      TargetCycle cycle = known(before, target).orElseGet(() -> make(target));
      targets.put(target.targetId(), cycle);
      double position = (double) i / count;
      plan(cycle, cadence.burstEvery(), position, () -> cycle.burst(cadence));
      plan(cycle, cadence.traceEvery(), position, () -> cycle.scheduledTrace(cadence));
    }
    beginIdle();
    LOG.log(
        Level.INFO,
        "{0} has {1} targets: a burst of {2} every {3} s, a trace every {4} s",
        new Object[] {
          assignment.vantagePoint(),
          count,
          cadence.burstPackets(),
          cadence.burstEvery().toSeconds(),
          cadence.traceEvery().toSeconds()
        });
  }

  private TargetCycle make(AssignedTarget target) {
    return new TargetCycle(
        target, measuring, harvest, thread, clock, () -> allows(target.targetId()));
  }

  private static Optional<TargetCycle> known(
      Map<String, TargetCycle> before, AssignedTarget target) {
    return Optional.ofNullable(before.get(target.targetId()))
        .filter(cycle -> cycle.target().equals(target));
  }

  private void plan(TargetCycle target, Duration period, double position, Runnable measurement) {
    Recurring one = new Recurring(target, new Occurrences(period, position), measurement);
    recurring.add(one);
    scheduleNext(one);
  }

  private void scheduleNext(Recurring one) {
    long now = epochNanos();
    long cycle = one.occurrences().next(now);
    int planned = generation;
    after(
        one.occurrences().delay(cycle, now),
        () -> {
          if (planned == generation) {
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
    int planned = generation;
    int count = recurring.size();
    for (int i = 0; i < count; i++) {
      Recurring one = recurring.get(i);
      if (tenure.isIdle(one.targetId())) {
        after(
            FIRST_ROUND.toNanos() * i / count,
            () -> {
              if (planned == generation
                  && allows(one.targetId())
                  && one.occurrences().useNow(epochNanos())) {
                one.measure();
              }
            });
      }
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
      harvest.retry();
      spool.seal();
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Measurements cannot be written to the spool ({0}); {1} are kept in memory and tried"
              + " again",
          new Object[] {e.toString(), harvest.kept()});
    }
  }
}
