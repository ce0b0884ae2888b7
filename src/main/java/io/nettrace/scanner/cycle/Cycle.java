package io.nettrace.scanner.cycle;

import io.nettrace.scanner.AssignedTarget;
import io.nettrace.scanner.Assignment;
import io.nettrace.scanner.Cadence;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Measures everything of the assignment, each target in its own phase of the cycle. The first round
 * is quick, so that a new scanner has something to say; then each target keeps its phase. Once a
 * second what was measured is sealed in the spool.
 */
public final class Cycle implements Orders, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Cycle.class.getName());
  private static final Duration FIRST_ROUND = Duration.ofSeconds(5);
  private static final Duration SEAL_EVERY = Duration.ofSeconds(1);

  private final Measuring measuring;
  private final Spool spool;
  private final ScheduledExecutorService thread;
  private final Clock clock;
  private final Harvest harvest = new Harvest();
  private final Map<String, TargetCycle> targets = new TreeMap<>();
  private final List<Future<?>> schedule = new ArrayList<>();

  public Cycle(Measuring measuring, Spool spool, ScheduledExecutorService thread, Clock clock) {
    this.measuring = measuring;
    this.spool = spool;
    this.thread = thread;
    this.clock = clock;
    var _ = every(SEAL_EVERY, SEAL_EVERY, this::seal);
  }

  @Override
  public void assigned(Assignment assignment) {
    thread.execute(() -> follow(assignment));
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
    schedule.forEach(task -> task.cancel(false));
    schedule.clear();
    Map<String, TargetCycle> before = Map.copyOf(targets);
    targets.clear();
    Cadence cadence = assignment.cadence();
    int count = assignment.targets().size();
    for (int i = 0; i < count; i++) {
      AssignedTarget target = assignment.targets().get(i);
      Optional<TargetCycle> known = known(before, target);
      TargetCycle cycle =
          known.isPresent()
              ? known.get()
              : new TargetCycle(target, measuring, harvest, thread, clock);
      targets.put(target.targetId(), cycle);
      start(cycle, cadence, (double) i / count, known.isEmpty());
    }
    LOG.log(
        Level.INFO,
        "{0} measures {1} targets: a burst of {2} every {3} s, a trace every {4} s",
        new Object[] {
          assignment.vantagePoint(),
          count,
          cadence.burstPackets(),
          cadence.burstEvery().toSeconds(),
          cadence.traceEvery().toSeconds()
        });
  }

  private static Optional<TargetCycle> known(
      Map<String, TargetCycle> before, AssignedTarget target) {
    return Optional.ofNullable(before.get(target.targetId()))
        .filter(cycle -> cycle.target().equals(target));
  }

  private void start(TargetCycle target, Cadence cadence, double phase, boolean isNew) {
    Duration burst = cadence.burstEvery();
    Duration trace = cadence.traceEvery();
    if (isNew) {
      Duration soon = share(shorter(FIRST_ROUND, burst), phase);
      schedule.add(once(soon, () -> target.burst(cadence)));
      schedule.add(once(soon, () -> target.scheduledTrace(cadence)));
    }
    schedule.add(every(burst.plus(share(burst, phase)), burst, () -> target.burst(cadence)));
    schedule.add(
        every(trace.plus(share(trace, phase)), trace, () -> target.scheduledTrace(cadence)));
  }

  private Future<?> once(Duration delay, Runnable task) {
    return thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
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
    if (harvest.isEmpty()) {
      return;
    }
    try {
      harvest.drainTo(spool::seal);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Measurements cannot be written to the spool ({0}); they are kept in memory and tried"
              + " again",
          e.toString());
    }
  }

  private static Duration share(Duration period, double phase) {
    return Duration.ofNanos((long) (period.toNanos() * phase));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
