package io.nettrace.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.StartPhase;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import io.nettrace.platform.json.PlainJson;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * Work that is still to be done, enqueued in the transaction that has a reason for it and run soon
 * after its commit by one of all nodes.
 */
@Service
public class Jobs {
  /** From the death of a node in the middle of a job until another begins it again. */
  public static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(30);

  /** How long dead jobs can be replayed. */
  public static final Duration KEEP_DEAD = Duration.ofDays(30);

  public static final int MOST_DATA_BYTES = 64 * 1024;
  public static final int MOST_KEY_LENGTH = 200;

  /** Jobs that run at once on a node. */
  static final int THREADS = 4;

  private static final String TABLE = "platform.jobs";

  /** Of what a node holds in memory: so many times its threads, and again below half of them. */
  private static final double MOST_FETCHED = 3;

  private static final double LEAST_FETCHED = 0.5;
  private static final Duration POLL_EVERY = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(3);
  private static final int HEARTBEATS_MISSED = 4;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration KEEP_TURNS = Duration.ofDays(1);

  /** Of a type that no node knows any more. */
  private static final Duration KEEP_UNKNOWN = Duration.ofDays(90);

  private final Database database;
  private final Chores chores;
  private final Clock clock;
  private final JobRuns runs;
  private final String node = UUID.randomUUID().toString();
  private final Map<String, RegisteredJobs<?>> known = new TreeMap<>();
  private final Set<Tx> waking = Collections.newSetFromMap(new WeakHashMap<>());
  private volatile Optional<Scheduler> scheduler = Optional.empty();

  @Inject
  public Jobs(Database database, Chores chores, Clock clock) {
    this.database = database;
    this.chores = chores;
    this.clock = clock;
    this.runs = new JobRuns(database, clock, RandomGenerator.getDefault(), this::wake);
  }

  /**
   * Says who does the jobs of a type. To be called while {@link DatabaseReady} is observed; jobs
   * may be enqueued before.
   */
  public synchronized <D> void handle(JobType<D> type, JobHandler<D> handler) {
    if (scheduler.isPresent()) {
      throw new IllegalStateException("the jobs have begun; too late for: " + type.name());
    }
    if (known.putIfAbsent(type.name(), RegisteredJobs.of(type, handler)) != null) {
      throw new IllegalStateException("there are two handlers of " + type.name());
    }
  }

  void prepare(@Observes DatabaseReady ready) {
    chores.every(FORGET_EVERY, "forgetting dead jobs", this::forgetOld);
  }

  /** When all who observe the same event have said what they handle. */
  synchronized void begin(@Observes @Priority(StartPhase.CHORES) DatabaseReady ready) {
    List<Task<?>> tasks = new ArrayList<>();
    known.values().forEach(jobs -> tasks.add(new JobTask(jobs, runs, database)));
    Scheduler started =
        Scheduler.create(database.source(), tasks)
            .tableName(TABLE)
            .serializer(new Bytes())
            .threads(THREADS)
            .executorService(threads())
            .pollUsingFetch(LEAST_FETCHED, MOST_FETCHED)
            .enablePriority()
            .pollingInterval(POLL_EVERY)
            .heartbeatInterval(HEARTBEAT_EVERY)
            .missedHeartbeatsLimit(HEARTBEATS_MISSED)
            .deleteUnresolvedAfter(KEEP_UNKNOWN)
            .schedulerName(new SchedulerName.Fixed(node))
            .clock(clock::instant)
            .shutdownMaxWait(STOP_LIMIT)
            .failureLogging(LogLevel.OFF, false)
            .build();
    started.start();
    scheduler = Optional.of(started);
  }

  private static ExecutorService threads() {
    ThreadFactory factory = Thread.ofPlatform().daemon().name("nettrace-job-", 1).factory();
    return Executors.newFixedThreadPool(THREADS, factory);
  }

  @PreDestroy
  synchronized void stop() {
    runs.stopping();
    scheduler.ifPresent(Scheduler::stop);
    scheduler = Optional.empty();
  }

  /**
   * Has a job done at {@code due} or soon after, if the caller's transaction commits. The same key
   * twice is one job: while it waits it takes the newer data and the earlier time, and its attempts
   * start again at none; while it runs it is run once more afterwards, because it may have read
   * what the caller changes.
   *
   * @param key with the type the identity of the job; it is shown and logged, so it is no secret
   * @return false when there was such a job
   */
  public <D> boolean enqueue(
      Tx tx, JobType<D> type, String key, Optional<UUID> tenantId, D data, Instant due)
      throws SQLException {
    Row row = row(type, key, data);
    boolean isNew =
        JobStore.enqueue(
            tx.connection(), row.id(), type, key, tenantId, row.data(), due, row.now());
    if (!due.isAfter(row.now())) {
      wakeAfter(tx);
    }
    return isNew;
  }

  /**
   * The same for what should have a job already: where there is one, be it dead, nothing changes.
   *
   * @return false when there was such a job
   */
  public <D> boolean enqueueMissing(
      Tx tx, JobType<D> type, String key, Optional<UUID> tenantId, D data, Instant due)
      throws SQLException {
    Row row = row(type, key, data);
    boolean isNew =
        JobStore.enqueueMissing(
            tx.connection(), row.id(), type, key, tenantId, row.data(), due, row.now());
    if (isNew && !due.isAfter(row.now())) {
      wakeAfter(tx);
    }
    return isNew;
  }

  private record Row(UUID id, String data, Instant now) {}

  private <D> Row row(JobType<D> type, String key, D data) {
    if (key.isEmpty() || key.length() > MOST_KEY_LENGTH) {
      throw new IllegalArgumentException("a key has 1 to " + MOST_KEY_LENGTH + " characters");
    }
    String json = PlainJson.write(data);
    if (json.getBytes(StandardCharsets.UTF_8).length > MOST_DATA_BYTES) {
      throw new IllegalArgumentException(
          "a job of %s is told at most %d bytes".formatted(type.name(), MOST_DATA_BYTES));
    }
    Instant now = clock.instant();
    return new Row(TimeOrderedId.at(now), json, now);
  }

  /** Removes a job that waits; false when there is none, or it runs. */
  public boolean cancel(Tx tx, JobType<?> type, String key) throws SQLException {
    return JobStore.cancel(tx.connection(), type.name(), key);
  }

  /** Removes a tenant's jobs, in the caller's transaction; one that runs is not run again. */
  public void forgetTenant(Tx tx, UUID tenantId) throws SQLException {
    DeadJobStore.forgetTenant(tx.connection(), tenantId);
  }

  /** Once for each transaction, however much is enqueued in it. */
  private void wakeAfter(Tx tx) {
    synchronized (waking) {
      if (!waking.add(tx)) {
        return;
      }
    }
    tx.afterCommit(this::wake);
  }

  private void wake() {
    scheduler.ifPresent(Scheduler::triggerCheckForDueExecutions);
  }

  /** Dead ones first, then those that run, then those that wait, the longest due first. */
  public List<ListedJob> list(Optional<String> type, Optional<JobState> state, int most) {
    return database.run(c -> DeadJobStore.list(c, type, state, Optional.empty(), most));
  }

  public Optional<ListedJob> find(UUID id) {
    return database
        .run(c -> DeadJobStore.list(c, Optional.empty(), Optional.empty(), Optional.of(id), 1))
        .stream()
        .findFirst();
  }

  /** Has a dead job tried again, as often as a new one. */
  public JobChange replay(Actor by, UUID id) {
    return database.transaction(
        tx -> {
          Optional<PickedJob> dead = DeadJobStore.removeDead(tx.connection(), id);
          if (dead.isEmpty()) {
            return standing(id);
          }
          if (!DeadJobStore.replay(tx.connection(), dead.get(), clock.instant())) {
            tx.rollbackOnly();
            return JobChange.SAME_KEY;
          }
          audit(tx, by, JobAct.REPLAYED, dead.get());
          wakeAfter(tx);
          return JobChange.DONE;
        });
  }

  /** Cancels a job that waits, or drops one that is dead. */
  public JobChange drop(Actor by, UUID id) {
    return database.transaction(
        tx -> {
          Optional<PickedJob> waiting = DeadJobStore.removeWaiting(tx.connection(), id);
          Optional<PickedJob> gone =
              waiting.isPresent() ? waiting : DeadJobStore.removeDead(tx.connection(), id);
          if (gone.isEmpty()) {
            return standing(id);
          }
          dropped(tx, gone.get());
          audit(tx, by, waiting.isPresent() ? JobAct.CANCELLED : JobAct.DROPPED, gone.get());
          return JobChange.DONE;
        });
  }

  private JobChange standing(UUID id) {
    return find(id)
        .map(job -> job.state() == JobState.RUNNING ? JobChange.RUNNING : JobChange.WAITING)
        .orElse(JobChange.UNKNOWN);
  }

  private synchronized Optional<RegisteredJobs<?>> registered(String type) {
    return Optional.ofNullable(known.get(type));
  }

  private void dropped(Tx tx, PickedJob job) throws SQLException {
    Optional<RegisteredJobs<?>> jobs = registered(job.type());
    if (jobs.isPresent()) {
      jobs.get().dropped(tx, job);
    }
  }

  private static void audit(Tx tx, Actor by, JobAct act, PickedJob job) throws SQLException {
    AuditEntry entry =
        job.tenantId()
            .map(tenant -> AuditEntry.of(act, tenant, job.id().toString()))
            .orElseGet(() -> AuditEntry.ofInstallation(act, job.id().toString()));
    tx.audit(by, entry.with("type", job.type()).with("key", job.key()));
  }

  /** How each type fares, those without a job among them. */
  public List<JobStanding> standings() {
    Map<String, JobStanding> byType = new TreeMap<>();
    synchronized (this) {
      known.forEach(
          (name, jobs) ->
              byType.put(
                  name,
                  new JobStanding(
                      name, 0, 0, Optional.empty(), 0, jobs.runs().sum(), jobs.failures().sum())));
    }
    for (DeadJobStore.Count count : database.run(c -> DeadJobStore.count(c, clock.instant()))) {
      byType.merge(
          count.type(),
          new JobStanding(
              count.type(),
              count.waiting(),
              count.running(),
              count.oldestDue(),
              count.dead(),
              0,
              0),
          Jobs::sum);
    }
    return List.copyOf(byType.values());
  }

  private static JobStanding sum(JobStanding one, JobStanding other) {
    return new JobStanding(
        one.type(),
        one.waiting() + other.waiting(),
        one.running() + other.running(),
        one.oldestDue().or(other::oldestDue),
        one.dead() + other.dead(),
        one.runs() + other.runs(),
        one.failures() + other.failures());
  }

  void forgetOld() {
    Instant now = clock.instant();
    database.run(c -> DeadJobStore.forgetDead(c, now.minus(KEEP_DEAD)));
    database.run(c -> DeadJobStore.forgetTurns(c, now.minus(KEEP_TURNS)));
  }

  /** Runs what is due now on the calling thread, where no scheduler was begun; how many it were. */
  int runDue() {
    int done = 0;
    Optional<PickedJob> next = pick();
    while (next.isPresent()) {
      PickedJob picked = next.get();
      runs.run(registered(picked.type()).orElseThrow(), picked);
      done++;
      next = pick();
    }
    return done;
  }

  private Optional<PickedJob> pick() {
    List<String> types;
    synchronized (this) {
      types = List.copyOf(known.keySet());
    }
    return database.run(c -> JobStore.pick(c, types, node, clock.instant()));
  }

  /** Data is read and written here, not by db-scheduler. */
  private static final class Bytes implements Serializer {
    @Override
    public byte[] serialize(Object data) {
      return (byte[]) data;
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] data) {
      return type.cast(data);
    }
  }
}
