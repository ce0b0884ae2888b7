package io.nettrace.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.testing.MovableClock;
import io.nettrace.testing.SharedPostgres;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsIT {
  private static final int PATIENCE_SECONDS = 120;
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Actor OPERATOR = new Actor.Operator();
  private static final UUID LARGE = UUID.randomUUID();
  private static final UUID SMALL = UUID.randomUUID();
  private static final JobType<Note> NOTES =
      JobType.of("note.write", Note.class)
          .attempts(3, Duration.ofSeconds(10), Duration.ofSeconds(15));

  private final Database database = SharedPostgres.migratedDatabase();
  private final MovableClock clock = new MovableClock(NOW);
  private final Jobs byHand = jobs(clock);
  private final List<Jobs> begun = new ArrayList<>();

  record Note(String text, Optional<Instant> at) {
    Note(String text) {
      this(text, Optional.empty());
    }
  }

  private Jobs jobs(Clock time) {
    return new Jobs(database, new Chores(database), time);
  }

  private void begin(Jobs jobs) {
    begun.add(jobs);
    jobs.begin(new DatabaseReady());
  }

  @AfterEach
  void stop() {
    begun.forEach(Jobs::stop);
  }

  @Test
  void aJobRunsAfterTheCommitWithWhatItWasTold() throws Exception {
    Jobs jobs = jobs(Clock.systemUTC());
    BlockingQueue<String> done = new LinkedBlockingQueue<>();
    jobs.handle(
        NOTES,
        (job, note) ->
            done.add(
                "%s of %s at attempt %d: %s on %s"
                    .formatted(
                        job.key(),
                        job.tenantId().orElseThrow(),
                        job.attempt(),
                        note.text(),
                        Thread.currentThread().getName().replaceAll("[0-9]+$", "n"))));
    begin(jobs);
    enqueue(jobs, "first", Optional.of(SMALL), new Note("hello", Optional.of(NOW)));

    assertThat(done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo("first of %s at attempt 1: hello on nettrace-job-n".formatted(SMALL));
    untilGone();
  }

  @Test
  void whatIsRolledBackIsNotDone() {
    List<String> done = written(byHand, NOTES);
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      byHand.enqueue(tx, NOTES, "first", Optional.empty(), new Note("a"), NOW);
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(byHand.runDue()).isZero();
    assertThat(done).isEmpty();
  }

  @Test
  void theSameKeyTwiceIsOneJobWithTheNewerDataAndTheEarlierTime() {
    List<String> done = written(byHand, NOTES);
    Instant later = NOW.plusSeconds(60);

    assertThat(enqueue(byHand, "k", Optional.empty(), new Note("old"), later)).isTrue();
    assertThat(byHand.runDue()).isZero();
    assertThat(enqueue(byHand, "k", Optional.empty(), new Note("new"), NOW)).isFalse();
    assertThat(enqueue(byHand, "k", Optional.empty(), new Note("new"), later)).isFalse();
    assertThat(byHand.runDue()).isEqualTo(1);
    assertThat(done).containsExactly("new");
    assertThat(enqueue(byHand, "k", Optional.empty(), new Note("again"), NOW)).isTrue();
  }

  @Test
  void whatIsEnqueuedWhileItRunsIsRunOnceMore() {
    List<String> done = new CopyOnWriteArrayList<>();
    byHand.handle(
        NOTES,
        (job, note) -> {
          done.add(note.text());
          if (done.size() == 1) {
            assertThat(enqueue(byHand, job.key(), job.tenantId(), new Note("changed"), NOW))
                .isFalse();
          }
        });
    enqueue(byHand, "k", Optional.of(SMALL), new Note("first"), NOW);

    assertThat(byHand.runDue()).isEqualTo(2);
    assertThat(done).containsExactly("first", "changed");
    assertThat(byHand.list(Optional.empty(), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void theHigherPriorityGoesFirst() {
    List<String> done = new CopyOnWriteArrayList<>();
    JobType<Note> urgent = JobType.of("note.shout", Note.class).priority(1);
    byHand.handle(NOTES, (_, note) -> done.add(note.text()));
    byHand.handle(urgent, (_, note) -> done.add(note.text()));
    enqueue(byHand, "k", Optional.empty(), new Note("calm"), NOW);
    database.transaction(
        tx -> byHand.enqueue(tx, urgent, "k", Optional.empty(), new Note("urgent"), NOW));

    assertThat(byHand.runDue()).isEqualTo(2);
    assertThat(done).containsExactly("urgent", "calm");
  }

  @Test
  void oneThatFailsIsTriedAgainAfterPausesAndThenDead() {
    AtomicInteger attempts = new AtomicInteger();
    List<String> died = new CopyOnWriteArrayList<>();
    byHand.handle(
        NOTES,
        new JobHandler<Note>() {
          @Override
          public void run(Job job, Note note) {
            attempts.incrementAndGet();
            throw new IllegalStateException("password=hunter2 was refused\nby the server");
          }

          @Override
          public void died(Tx tx, Job job, String failure) {
            died.add(job.key() + ": " + failure);
          }
        });
    enqueue(byHand, "k", Optional.of(SMALL), new Note("hello"), NOW);

    assertThat(byHand.runDue()).isEqualTo(1);
    ListedJob waiting = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(waiting.state()).isEqualTo(JobState.WAITING);
    assertThat(waiting.attempts()).isEqualTo(1);
    assertThat(waiting.at()).isBetween(NOW.plusSeconds(8), NOW.plusSeconds(10));
    clock.advance(Duration.ofSeconds(7));
    assertThat(byHand.runDue()).isZero();
    clock.advance(Duration.ofSeconds(3));
    assertThat(byHand.runDue()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(15)); // not 20: the longest pause
    assertThat(byHand.runDue()).isEqualTo(1);
    clock.advance(Duration.ofDays(1));
    assertThat(byHand.runDue()).isZero();

    assertThat(attempts).hasValue(3);
    ListedJob dead = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(dead.state()).isEqualTo(JobState.DEAD);
    assertThat(dead.reason()).contains(JobDeath.ATTEMPTS);
    assertThat(dead.attempts()).isEqualTo(3);
    assertThat(dead.failure())
        .contains("IllegalStateException: password=… was refused by the server");
    assertThat(died).containsExactly("k: " + dead.failure().orElseThrow());
  }

  @Test
  void oneThatIsRefusedIsDeadAtOnceAndForgottenAfterItsTime() {
    byHand.handle(
        NOTES,
        (_, _) -> {
          throw new JobRefusedException("There is no such page.");
        });
    enqueue(byHand, "k", Optional.empty(), new Note("hello"), NOW);

    assertThat(byHand.runDue()).isEqualTo(1);
    ListedJob dead = byHand.list(Optional.empty(), Optional.of(JobState.DEAD), 10).getFirst();
    assertThat(dead.reason()).contains(JobDeath.REFUSED);
    assertThat(dead.failure()).contains("There is no such page.");
    clock.advance(Jobs.KEEP_DEAD);
    byHand.forgetOld();
    assertThat(byHand.find(dead.id())).isPresent();
    clock.advance(Duration.ofSeconds(1));
    byHand.forgetOld();
    assertThat(byHand.find(dead.id())).isEmpty();
  }

  @Test
  void whileADatabaseIsAwayAttemptsDoNotCountUpToADay() {
    AtomicReference<RuntimeException> away =
        new AtomicReference<>(new DatabaseUnavailableException("away"));
    AtomicInteger attempts = new AtomicInteger();
    byHand.handle(
        NOTES,
        (_, _) -> {
          attempts.incrementAndGet();
          throw away.get();
        });
    enqueue(byHand, "k", Optional.of(SMALL), new Note("x"), NOW);
    assertThat(byHand.runDue()).isEqualTo(1);
    ListedJob waiting = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(waiting.attempts()).isZero();
    assertThat(waiting.failure()).contains("DatabaseUnavailableException: away");
    assertThat(waiting.at()).isBetween(NOW.plusSeconds(8), NOW.plusSeconds(10));

    away.set(new IllegalStateException(away.get())); // as a cause
    for (int hour = 1; hour < 24; hour++) {
      clock.advance(Duration.ofHours(1));
      assertThat(byHand.runDue()).isEqualTo(1);
    }
    waiting = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(waiting.state()).isEqualTo(JobState.WAITING);
    assertThat(waiting.attempts()).isZero();
    assertThat(waiting.at())
        .isBetween(clock.instant().plusSeconds(12), clock.instant().plusSeconds(15));
    assertThat(byHand.standings().getFirst().failures()).isZero();
    clock.advance(Duration.ofHours(1));
    assertThat(byHand.runDue()).isEqualTo(1);

    assertThat(attempts).hasValue(25);
    assertThat(byHand.list(Optional.empty(), Optional.empty(), 10).getFirst().state())
        .isEqualTo(JobState.DEAD);
  }

  @Test
  void anAttemptThatFailsOtherwiseEndsAnOutage() {
    AtomicReference<RuntimeException> failure =
        new AtomicReference<>(new DatabaseUnavailableException("away"));
    byHand.handle(
        NOTES,
        (_, _) -> {
          throw failure.get();
        });
    enqueue(byHand, "k", Optional.of(SMALL), new Note("x"), NOW);
    assertThat(byHand.runDue()).isEqualTo(1);
    failure.set(new IllegalStateException("broken"));
    clock.advance(Duration.ofMinutes(1));
    assertThat(byHand.runDue()).isEqualTo(1);
    failure.set(new DatabaseUnavailableException("away again"));
    clock.advance(JobRuns.LONGEST_AWAY);
    assertThat(byHand.runDue()).isEqualTo(1);

    ListedJob waiting = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(waiting.state()).isEqualTo(JobState.WAITING);
    assertThat(waiting.attempts()).isEqualTo(1);
  }

  @Test
  void whatIsEnqueuedAgainIsTriedAsOftenAsANewOne() {
    byHand.handle(
        NOTES,
        (_, _) -> {
          throw new IllegalStateException("broken");
        });
    enqueue(byHand, "k", Optional.of(SMALL), new Note("x"), NOW);
    for (int i = 1; i < NOTES.mostAttempts(); i++) {
      assertThat(byHand.runDue()).isEqualTo(1);
      clock.advance(Duration.ofMinutes(1));
    }
    enqueue(byHand, "k", Optional.of(SMALL), new Note("x"), NOW);
    assertThat(byHand.runDue()).isEqualTo(1);

    ListedJob waiting = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(waiting.state()).isEqualTo(JobState.WAITING);
    assertThat(waiting.attempts()).isEqualTo(1);
  }

  @Test
  void whatHasAJobDeadOrAliveGetsNoOther() {
    byHand.handle(
        NOTES,
        (_, _) -> {
          throw new IllegalStateException("broken");
        });
    assertThat(enqueueMissing("k")).isTrue();
    assertThat(byHand.runDue()).isEqualTo(1);
    Instant due = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst().at();
    assertThat(enqueueMissing("k")).isFalse();
    ListedJob waiting = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(waiting.at()).isEqualTo(due);
    assertThat(waiting.attempts()).isEqualTo(1);

    for (int i = 1; i < NOTES.mostAttempts(); i++) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(byHand.runDue()).isEqualTo(1);
    }
    assertThat(enqueueMissing("k")).isFalse();
    ListedJob dead = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(dead.state()).isEqualTo(JobState.DEAD);
    assertThat(byHand.drop(OPERATOR, dead.id())).isEqualTo(JobChange.DONE);
    assertThat(enqueueMissing("k")).isTrue();
  }

  private boolean enqueueMissing(String key) {
    return database.transaction(
        tx -> byHand.enqueueMissing(tx, NOTES, key, Optional.of(SMALL), new Note("x"), NOW));
  }

  @Test
  void dataThatCannotBeReadFailsAndItsHandlerHearsOfItsEnd() {
    List<String> heard = new CopyOnWriteArrayList<>();
    byHand.handle(
        NOTES,
        new JobHandler<Note>() {
          @Override
          public void run(Job job, Note note) {}

          @Override
          public void died(Tx tx, Job job, String failure) {
            heard.add("died: " + job.key());
          }

          @Override
          public void dropped(Tx tx, Job job) {
            heard.add("dropped: " + job.key());
          }
        });
    enqueue(byHand, "k", Optional.empty(), new Note("hello"), NOW);
    execute("update platform.jobs set task_data = '{]'");
    for (int i = 0; i < 3; i++) {
      assertThat(byHand.runDue()).isEqualTo(1);
      clock.advance(Duration.ofMinutes(1));
    }

    List<ListedJob> dead = byHand.list(Optional.of("note.write"), Optional.of(JobState.DEAD), 10);
    assertThat(dead).hasSize(1);
    assertThat(byHand.drop(OPERATOR, dead.getFirst().id())).isEqualTo(JobChange.DONE);
    assertThat(heard).containsExactly("died: k", "dropped: k");
  }

  @Test
  void anOperatorReplaysADeadJob() {
    List<String> done = new CopyOnWriteArrayList<>();
    AtomicInteger attempts = new AtomicInteger();
    byHand.handle(
        NOTES,
        (_, note) -> {
          if (attempts.incrementAndGet() == 1) {
            throw new JobRefusedException("Not today.");
          }
          done.add(note.text());
        });
    enqueue(byHand, "k", Optional.of(SMALL), new Note("hello"), NOW);
    byHand.runDue();
    UUID id = byHand.list(Optional.empty(), Optional.empty(), 10).getFirst().id();

    enqueue(byHand, "k", Optional.empty(), new Note("other"), NOW.plusSeconds(60));
    assertThat(byHand.replay(OPERATOR, id)).isEqualTo(JobChange.SAME_KEY);
    assertThat(byHand.find(id).orElseThrow().state()).isEqualTo(JobState.DEAD);
    assertThat(cancel("k")).isTrue();
    assertThat(byHand.replay(OPERATOR, id)).isEqualTo(JobChange.DONE);
    assertThat(byHand.replay(OPERATOR, id)).isEqualTo(JobChange.WAITING);
    assertThat(byHand.runDue()).isEqualTo(1);
    assertThat(done).containsExactly("hello");
    assertThat(byHand.replay(OPERATOR, id)).isEqualTo(JobChange.UNKNOWN);
    assertThat(audited()).containsExactly("job.replayed " + id);
  }

  @Test
  void anOperatorDropsADeadJobAndCancelsAWaitingOne() {
    List<String> dropped = new CopyOnWriteArrayList<>();
    byHand.handle(
        NOTES,
        new JobHandler<Note>() {
          @Override
          public void run(Job job, Note note) throws JobRefusedException {
            throw new JobRefusedException("Not today.");
          }

          @Override
          public void dropped(Tx tx, Job job) {
            dropped.add(job.key());
          }
        });
    enqueue(byHand, "dead", Optional.empty(), new Note("one"), NOW);
    byHand.runDue();
    enqueue(byHand, "waits", Optional.empty(), new Note("two"), NOW);
    List<UUID> ids =
        byHand.list(Optional.empty(), Optional.empty(), 10).stream().map(ListedJob::id).toList();

    for (UUID id : ids) {
      assertThat(byHand.drop(OPERATOR, id)).isEqualTo(JobChange.DONE);
      assertThat(byHand.drop(OPERATOR, id)).isEqualTo(JobChange.UNKNOWN);
    }
    assertThat(dropped).containsExactly("dead", "waits");
    assertThat(audited())
        .containsExactly("job.dropped " + ids.getFirst(), "job.cancelled " + ids.getLast());
  }

  @Test
  void oneThatRunsCannotBeChanged() {
    List<Object> answers = new ArrayList<>();
    byHand.handle(
        NOTES,
        (job, _) -> {
          answers.add(cancel(job.key()));
          answers.add(byHand.drop(OPERATOR, job.id()));
          answers.add(byHand.replay(OPERATOR, job.id()));
        });
    enqueue(byHand, "k", Optional.empty(), new Note("hello"), NOW);

    assertThat(byHand.runDue()).isEqualTo(1);
    assertThat(answers).containsExactly(false, JobChange.RUNNING, JobChange.RUNNING);
  }

  @Test
  void ofOneTenantNoMoreRunThanMayAndOthersPassThem() throws Exception {
    JobType<Note> slow = NOTES.perTenant(2);
    BlockingQueue<String> began = new LinkedBlockingQueue<>();
    CountDownLatch end = new CountDownLatch(1);
    Jobs jobs = jobs(Clock.systemUTC());
    jobs.handle(
        slow,
        (job, _) -> {
          began.add(job.tenantId().orElseThrow().equals(LARGE) ? "large" : "small");
          assertThat(end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        });
    database.transaction(
        tx -> {
          for (int i = 0; i < 50; i++) {
            jobs.enqueue(tx, slow, "large" + i, Optional.of(LARGE), new Note("x"), Instant.now());
          }
          return true;
        });
    begin(jobs);
    List<String> order = new ArrayList<>(next(began, 2));
    enqueue(jobs, "small", Optional.of(SMALL), new Note("x"));
    order.addAll(next(began, 1));

    assertThat(order).containsExactly("large", "large", "small");
    end.countDown();
    assertThat(next(began, 48)).containsOnly("large");
    untilGone();
    assertThat(jobs.standings().getFirst().failures()).isZero();
  }

  @Test
  void whereFewRunOnANodeTenantsTakeTurns() throws Exception {
    JobType<Note> slow = NOTES.perTenant(1).perNode(1);
    BlockingQueue<UUID> began = new LinkedBlockingQueue<>();
    BlockingQueue<Boolean> mayEnd = new LinkedBlockingQueue<>();
    UUID third = UUID.randomUUID();
    Jobs jobs = jobs(Clock.systemUTC());
    jobs.handle(
        slow,
        (job, _) -> {
          began.add(job.tenantId().orElseThrow());
          mayEnd.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    begin(jobs);
    for (UUID tenant : List.of(LARGE, third)) {
      for (int i = 0; i < 5; i++) {
        enqueue(jobs, tenant.toString() + i, Optional.of(tenant), new Note("x"));
      }
    }
    enqueue(jobs, "small", Optional.of(SMALL), new Note("x"));
    List<UUID> order = new ArrayList<>(next(began, 1));
    untilParked(10);
    for (int i = 0; i < 10; i++) {
      mayEnd.add(true);
      order.addAll(next(began, 1));
    }
    mayEnd.add(true);

    assertThat(order.subList(0, 3)).containsExactlyInAnyOrder(LARGE, third, SMALL);
    untilGone();
  }

  @Test
  void jobsWithoutATenantTakeTurnsByHowLongTheyWait() {
    JobType<Note> slow = NOTES.perNode(1);
    List<String> done = written(byHand, slow);
    enqueue(byHand, "free", Optional.empty(), new Note("free"), NOW.minusSeconds(60));
    enqueue(byHand, "small", Optional.of(SMALL), new Note("small"), NOW);
    execute(
        "update platform.jobs set parked = true, execution_time = execution_time + interval '1 h'");
    execute(
        "insert into platform.job_turns values ('note.write', '%s', timestamptz '%s')"
            .formatted(SMALL, NOW.minusSeconds(3600)));
    enqueue(byHand, "ends", Optional.empty(), new Note("ends"), NOW);

    assertThat(byHand.runDue()).isEqualTo(3);
    assertThat(done).containsExactly("ends", "small", "free");
  }

  @Test
  void theMoreAreParkedTheLongerEachIs() {
    written(byHand, NOTES.perTenant(1));
    for (int i = 0; i < 200; i++) {
      enqueue(byHand, "k" + i, Optional.of(LARGE), new Note("x"), NOW);
    }
    execute("update platform.jobs set picked = true, admitted = true where task_instance = 'k0'");

    assertThat(byHand.runDue()).isEqualTo(199);
    assertThat(parkedUntil("min")).isBetween(NOW.plusSeconds(15), NOW.plusSeconds(60));
    assertThat(parkedUntil("max")).isBetween(NOW.plusSeconds(30 * 12), NOW.plusSeconds(30 * 25));
  }

  private Instant parkedUntil(String which) {
    return database.run(
        c ->
            Sql.of("select " + which + "(execution_time) as at from platform.jobs where parked")
                .first(c, row -> Columns.time(row, "at"))
                .orElseThrow());
  }

  @Test
  void jobsWithoutATenantAreNotBound() throws Exception {
    CountDownLatch together = new CountDownLatch(Jobs.THREADS);
    Jobs jobs = jobs(Clock.systemUTC());
    jobs.handle(
        NOTES.perTenant(1),
        (_, _) -> {
          together.countDown();
          assertThat(together.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        });
    begin(jobs);
    for (int i = 0; i < Jobs.THREADS; i++) {
      enqueue(jobs, "k" + i, Optional.empty(), new Note("x"));
    }

    assertThat(together.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    untilGone();
  }

  @Test
  void theJobOfANodeThatDiedIsTakenOver() throws Exception {
    Jobs other = jobs(Clock.systemUTC());
    BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
    other.handle(NOTES.perTenant(1), (job, _) -> attempts.add(job.attempt()));
    enqueue(other, "k", Optional.of(SMALL), new Note("x"));
    execute(
        "update platform.jobs set picked = true, picked_by = 'a dead node', admitted = true,"
            + " last_heartbeat = now()");
    enqueue(other, "next", Optional.of(SMALL), new Note("x"));
    begin(other);

    assertThat(next(attempts, 2)).containsExactlyInAnyOrder(1, 2);
    untilGone();
  }

  @Test
  void aJobThatKillsItsNodesIsDeadInTheEnd() throws Exception {
    Jobs jobs = jobs(Clock.systemUTC());
    jobs.handle(NOTES, (_, _) -> {});
    enqueue(jobs, "k", Optional.empty(), new Note("x"));
    execute(
        "update platform.jobs set picked = true, picked_by = 'a dead node',"
            + " consecutive_failures = 2, last_heartbeat = now() - interval '1 hour'");
    begin(jobs);
    untilGone();

    assertThat(jobs.list(Optional.empty(), Optional.empty(), 10).getFirst().reason())
        .contains(JobDeath.NODE_LOST);
  }

  @Test
  void whatIsUnderwayWhenANodeStopsIsPutBackUncounted() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    Jobs jobs = jobs(Clock.systemUTC());
    jobs.handle(
        NOTES,
        (_, _) -> {
          began.countDown();
          new CountDownLatch(1).await();
        });
    begin(jobs);
    enqueue(jobs, "k", Optional.of(SMALL), new Note("x"));
    assertThat(began.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    jobs.stop();

    ListedJob left = jobs.list(Optional.empty(), Optional.empty(), 10).getFirst();
    assertThat(left.state()).isEqualTo(JobState.WAITING);
    assertThat(left.attempts()).isZero();
  }

  @Test
  void howEachTypeFaresIsCounted() {
    byHand.handle(
        NOTES,
        (_, note) -> {
          if (note.text().equals("bad")) {
            throw new JobRefusedException("Bad.");
          }
        });
    assertThat(byHand.standings())
        .containsExactly(new JobStanding("note.write", 0, 0, Optional.empty(), 0, 0, 0));
    enqueue(byHand, "a", Optional.empty(), new Note("bad"), NOW);
    enqueue(byHand, "b", Optional.empty(), new Note("good"), NOW);
    byHand.runDue();
    enqueue(byHand, "c", Optional.empty(), new Note("good"), NOW);
    enqueue(byHand, "d", Optional.empty(), new Note("good"), NOW.plusSeconds(9));

    assertThat(byHand.standings())
        .containsExactly(new JobStanding("note.write", 2, 0, Optional.of(NOW), 1, 2, 1));
  }

  @Test
  void aTenantsJobsAreForgottenWithIt() {
    written(byHand, NOTES);
    enqueue(byHand, "a", Optional.of(SMALL), new Note("x"), NOW);
    enqueue(byHand, "b", Optional.of(LARGE), new Note("x"), NOW);
    database.transaction(
        tx -> {
          byHand.forgetTenant(tx, SMALL);
          return true;
        });

    assertThat(byHand.list(Optional.empty(), Optional.empty(), 10))
        .extracting(ListedJob::key)
        .containsExactly("b");
  }

  @Test
  void dataAndKeysAreBounded() {
    assertThatThrownBy(
            () ->
                enqueue(
                    byHand, "k", Optional.empty(), new Note("x".repeat(Jobs.MOST_DATA_BYTES)), NOW))
        .hasMessage("a job of note.write is told at most 65536 bytes");
    assertThatThrownBy(() -> enqueue(byHand, "k".repeat(201), Optional.empty(), new Note("x"), NOW))
        .hasMessageContaining("200 characters");
  }

  private static List<String> written(Jobs jobs, JobType<Note> type) {
    List<String> done = new CopyOnWriteArrayList<>();
    jobs.handle(type, (_, note) -> done.add(note.text()));
    return done;
  }

  private boolean enqueue(Jobs jobs, String key, Optional<UUID> tenant, Note note) {
    return enqueue(jobs, key, tenant, note, Instant.now());
  }

  private boolean enqueue(Jobs jobs, String key, Optional<UUID> tenant, Note note, Instant due) {
    return database.transaction(tx -> jobs.enqueue(tx, NOTES, key, tenant, note, due));
  }

  private boolean cancel(String key) {
    return database.transaction(tx -> byHand.cancel(tx, NOTES, key));
  }

  private static <T> List<T> next(BlockingQueue<T> queue, int count) throws InterruptedException {
    List<T> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      T one = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(one).as("number %d of %d", i + 1, count).isNotNull();
      found.add(one);
    }
    return found;
  }

  private void untilGone() {
    until("select 1 from platform.jobs having count(*) = 0");
  }

  private void untilParked(int most) {
    until("select 1 from platform.jobs where parked having count(*) >= " + most);
  }

  private void until(String condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!database.run(c -> Sql.of(condition).any(c))) {
      assertThat(System.nanoTime()).as(condition).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private List<String> audited() {
    return database.run(
        c ->
            Sql.of("select type || ' ' || subject as text from events.events order by seq")
                .all(c, row -> row.getString("text")));
  }

  private void execute(String sql) {
    int _ = database.run((java.sql.Connection c) -> update(c, sql));
  }

  private static int update(java.sql.Connection connection, String sql) throws SQLException {
    return Sql.of(sql).update(connection);
  }
}
