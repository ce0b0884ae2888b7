package io.nettrace.platform;

import jakarta.annotation.PreDestroy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Upkeep that every node does now and then, one piece after another. A chore must bear that another
 * node does the same at the same time, and that it is killed in the middle.
 */
@Service
public class Chores {
  private static final Logger LOG = System.getLogger(Chores.class.getName());

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-chores").factory());

  /** Does {@code chore} soon, and again and again; one that fails is tried at its next turn. */
  public void every(Duration period, String name, Runnable chore) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> attempt(name, chore), 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void attempt(String name, Runnable chore) {
    try {
      chore.run();
    } catch (DatabaseUnavailableException e) {
      LOG.log(Level.INFO, "{0} waits for the database: {1}", name, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, name + " failed", e);
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }
}
