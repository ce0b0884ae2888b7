package io.nettrace.lab;

import io.nettrace.lab.engine.LabEngine;
import io.nettrace.lab.scenario.LabEvent;
import io.nettrace.lab.scenario.Programme;
import io.nettrace.lab.scenario.ScheduledEvent;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the events of a programme happen at their times, and ends those that have a duration. */
final class ProgrammePlayer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgrammePlayer.class);

  private final LabEngine engine;
  private final Programme programme;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lab-programme").factory());

  ProgrammePlayer(LabEngine engine, Programme programme) {
    this.engine = engine;
    this.programme = programme;
  }

  void play() {
    for (ScheduledEvent event : programme.events()) {
      programme.repeat().ifPresentOrElse(every -> repeat(event, every), () -> schedule(event));
    }
  }

  void schedule(ScheduledEvent event) {
    var _ = timer.schedule(() -> happen(event), event.at().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void repeat(ScheduledEvent event, Duration every) {
    var _ =
        timer.scheduleAtFixedRate(
            () -> happen(event), event.at().toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
  }

  void undoAfter(LabEvent event, Duration duration) {
    var _ = timer.schedule(() -> engine.undo(event), duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void happen(ScheduledEvent scheduled) {
    LOG.debug("{}", scheduled.event());
    engine.fire(scheduled.event());
    scheduled.duration().ifPresent(duration -> undoAfter(scheduled.event(), duration));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
