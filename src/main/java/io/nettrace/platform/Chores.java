package io.nettrace.platform;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Upkeep that one node of all does now and then. What is due stands in the database; a node takes a
 * chore, says every few seconds that it is still at it, and when it falls silent another does it
 * anew, within {@link #TAKE_OVER_LIMIT}. So a chore must bear being killed in the middle and, when
 * a node was only thought dead, being done by two at once.
 */
@Service
public class Chores {
  /** From the death of a node in the middle of a chore until another begins it anew. */
  public static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger(Chores.class.getName());
  private static final String TABLE = "platform.chores";
  private static final int THREADS = 2;
  private static final Duration POLL_EVERY = Duration.ofSeconds(2);
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(3);
  private static final int HEARTBEATS_MISSED = 4;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);
  private static final Sql STATES =
      Sql.of(
          """
          select task_name, last_success, last_failure, coalesce(consecutive_failures, 0) as failures,
            picked_by
          from platform.chores order by task_name
          """);

  private final Database database;
  private final String node = UUID.randomUUID().toString();
  private final List<RecurringTask<Void>> known = new ArrayList<>();
  private Optional<Scheduler> scheduler = Optional.empty();

  /**
   * How a chore fares, whichever nodes did it.
   *
   * @param failures how often in a row it failed
   * @param node who did it last
   */
  public record State(
      String name,
      Optional<Instant> lastSuccess,
      Optional<Instant> lastFailure,
      int failures,
      Optional<String> node) {}

  @Inject
  public Chores(Database database) {
    this.database = database;
  }

  /**
   * Has {@code chore} done soon, and then each time {@code period} after it was last done; one that
   * fails is tried at its next turn. To be asked for while {@link DatabaseReady} is observed.
   */
  public synchronized void every(Duration period, String name, Runnable chore) {
    if (scheduler.isPresent()) {
      throw new IllegalStateException("the chores have begun; too late for: " + name);
    }
    known.add(Tasks.recurring(name, FixedDelay.of(period)).execute((_, _) -> attempt(name, chore)));
  }

  /** After everybody who observes the same event has said what is to be done. */
  synchronized void begin(@Observes @Priority(StartPhase.CHORES) DatabaseReady ready) {
    Scheduler started =
        Scheduler.create(database.source())
            .startTasks(known)
            .tableName(TABLE)
            .threads(THREADS)
            .pollingInterval(POLL_EVERY)
            .heartbeatInterval(HEARTBEAT_EVERY)
            .missedHeartbeatsLimit(HEARTBEATS_MISSED)
            .schedulerName(new SchedulerName.Fixed(node))
            .shutdownMaxWait(STOP_LIMIT)
            .failureLogging(LogLevel.OFF, false)
            .build();
    started.start();
    scheduler = Optional.of(started);
  }

  /** How every chore of the cluster fares. */
  public List<State> states() {
    return database.run(
        connection ->
            STATES.all(
                connection,
                row ->
                    new State(
                        row.getString("task_name"),
                        Columns.optionalTime(row, "last_success"),
                        Columns.optionalTime(row, "last_failure"),
                        row.getInt("failures"),
                        Columns.optionalText(row, "picked_by"))));
  }

  @PreDestroy
  synchronized void stop() {
    scheduler.ifPresent(Scheduler::stop);
    scheduler = Optional.empty();
  }

  /** A failure is logged here and counted by the scheduler. */
  private static void attempt(String name, Runnable chore) {
    try {
      chore.run();
    } catch (DatabaseUnavailableException e) {
      LOG.log(Level.INFO, "{0} waits for the database: {1}", name, e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, name + " failed", e);
      throw e;
    }
  }
}
