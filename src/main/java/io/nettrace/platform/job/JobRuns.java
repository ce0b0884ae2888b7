package io.nettrace.platform.job;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.FailureText;
import io.nettrace.platform.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs one picked job after the other on the calling thread, and settles what came of it. */
final class JobRuns {
  private static final Logger LOG = System.getLogger(JobRuns.class.getName());

  /** For want of room on this node; another may have some. */
  private static final Duration PARKED_BY_NODE = Duration.ofSeconds(2);

  /** Its tenant's next end wakes it: only if that is lost it waits so long. */
  private static final Duration PARKED_BY_TENANT = Duration.ofSeconds(30);

  /** How long a job waits for a database that is away. */
  static final Duration LONGEST_AWAY = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;
  private final RandomGenerator random;
  private final Runnable wake;
  private volatile boolean stopping;

  JobRuns(Database database, Clock clock, RandomGenerator random, Runnable wake) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.wake = wake;
  }

  /** What fails from now on is put back, not counted. */
  void stopping() {
    stopping = true;
  }

  void run(RegisteredJobs<?> jobs, PickedJob picked) {
    if (!jobs.room().tryAcquire()) {
      park(picked, PARKED_BY_NODE);
      return;
    }
    Settlement settlement;
    try {
      if (!isAdmitted(jobs.type(), picked)) {
        return;
      }
      settlement = attempt(jobs, picked);
    } finally {
      jobs.room().release();
    }
    settle(jobs.type(), picked, settlement);
  }

  /** The job of a node that fell silent: its attempt failed. */
  void lost(RegisteredJobs<?> jobs, PickedJob picked) {
    String failure = "its node died or lost the database while it ran";
    jobs.failures().increment();
    settle(jobs.type(), picked, failed(jobs, picked, JobDeath.NODE_LOST, failure, Duration.ZERO));
  }

  /** What becomes of a job whose attempt has ended. */
  @FunctionalInterface
  private interface Settlement {
    void in(Tx tx) throws SQLException;
  }

  @SuppressWarnings(
      "InterruptedExceptionSwallowed") // the thread is ending, and said so by the flag
  private Settlement attempt(RegisteredJobs<?> jobs, PickedJob picked) {
    try {
      jobs.run(picked);
      return tx -> JobStore.done(tx.connection(), picked);
    } catch (JobRefusedException e) {
      jobs.failures().increment();
      return dead(jobs, picked, JobDeath.REFUSED, refusal(e));
    } catch (Exception | LinkageError | StackOverflowError e) {
      if (stopping || e instanceof InterruptedException) {
        LOG.log(Level.DEBUG, "{0} {1} is put back: the node stops", picked.type(), picked.key());
        return tx -> JobStore.putBack(tx.connection(), picked, clock.instant());
      }
      if (isAway(e)) {
        return putOff(jobs, picked, FailureText.of(e));
      }
      jobs.failures().increment();
      Duration pause = jobs.type().pauseAfter(picked.job().attempt(), random);
      return failed(jobs, picked, JobDeath.ATTEMPTS, FailureText.of(e), pause);
    }
  }

  private static boolean isAway(@Nullable Throwable failure) {
    return failure instanceof DatabaseUnavailableException
        || (failure != null && isAway(failure.getCause()));
  }

  /** An outage says nothing of the job, so its attempt does not count, up to a bound. */
  private Settlement putOff(RegisteredJobs<?> jobs, PickedJob picked, String failure) {
    Instant now = clock.instant();
    Duration away =
        picked
            .putOffSince()
            .map(since -> Duration.between(since, now))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
    if (away.compareTo(LONGEST_AWAY) >= 0) {
      jobs.failures().increment();
      return dead(jobs, picked, JobDeath.ATTEMPTS, failure);
    }
    LOG.log(Level.INFO, "{0} {1} is put off: {2}", picked.type(), picked.key(), failure);
    Instant due = now.plus(jobs.type().pauseWhileAway(away, random));
    return tx -> JobStore.putOff(tx.connection(), picked, failure, now, due);
  }

  /** It was written for people: the class says nothing more. */
  private static String refusal(JobRefusedException e) {
    String message = e.getMessage();
    return message == null ? FailureText.of(e) : FailureText.of(message);
  }

  private Settlement failed(
      RegisteredJobs<?> jobs, PickedJob picked, JobDeath why, String failure, Duration pause) {
    if (picked.job().attempt() >= jobs.type().mostAttempts()) {
      return dead(jobs, picked, why, failure);
    }
    LOG.log(Level.INFO, "{0} {1} will be tried again: {2}", picked.type(), picked.key(), failure);
    return tx -> later(tx, picked, failure, pause);
  }

  private Settlement dead(RegisteredJobs<?> jobs, PickedJob picked, JobDeath why, String failure) {
    return tx -> {
      if (!JobStore.remove(tx.connection(), picked)) {
        later(tx, picked, failure, Duration.ZERO);
        return;
      }
      LOG.log(Level.WARNING, "{0} {1} was given up: {2}", picked.type(), picked.key(), failure);
      DeadJobStore.insert(
          tx.connection(), picked, picked.job().attempt(), why, failure, clock.instant());
      jobs.died(tx, picked, failure);
    };
  }

  private void later(Tx tx, PickedJob picked, String failure, Duration pause) throws SQLException {
    Instant now = clock.instant();
    JobStore.later(tx.connection(), picked, failure, now, now.plus(pause));
  }

  /** Before it begins; one that may not is parked in the same transaction. */
  private boolean isAdmitted(JobType<?> type, PickedJob picked) {
    if (picked.tenantId().isEmpty()) {
      return true;
    }
    var tenantId = picked.tenantId().get();
    return database.transaction(
        tx -> {
          JobStore.lock(tx.connection(), type.name(), tenantId);
          Instant now = clock.instant();
          boolean admitted = JobStore.admit(tx.connection(), picked, tenantId, type, now);
          if (!admitted) {
            JobStore.park(tx.connection(), picked, now, jittered(PARKED_BY_TENANT));
          }
          return admitted;
        });
  }

  private void park(PickedJob picked, Duration pause) {
    database.run(c -> JobStore.park(c, picked, clock.instant(), jittered(pause)));
  }

  /** Between half of the pause and all of it. */
  private Duration jittered(Duration pause) {
    return Duration.ofMillis(Math.round(pause.toMillis() * (1 - random.nextDouble() / 2)));
  }

  private void settle(JobType<?> type, PickedJob picked, Settlement settlement) {
    database.transaction(
        tx -> {
          if (picked.tenantId().isPresent()) {
            JobStore.lock(tx.connection(), type.name(), picked.tenantId().get());
          }
          settlement.in(tx);
          JobStore.unpark(tx.connection(), picked, type, clock.instant());
          tx.afterCommit(wake);
          return true;
        });
  }
}
