package io.nettrace.platform.job;

import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.testing.DurablePostgres;
import io.nettrace.testing.Percentiles;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Jobs a second of one node, enqueued one by one and run, against the plain insert of a row of the
 * same size into a table of the same indexes; and how long after its commit a job begins. The
 * database writes to the disk as the product's does.
 */
public final class JobBenchmark {
  private static final int CONNECTIONS = 20;
  private static final int JOBS = 4_000;
  private static final int COMMITS = 1_000;
  private static final int TENANTS = 50;
  private static final int LATENCIES = 300;
  private static final int ROUNDS = 3;
  private static final double NANOS = 1e9;

  private static final JobType<Note> FREE = JobType.of("note.free", Note.class);
  private static final JobType<Note> BOUND = JobType.of("note.bound", Note.class).perTenant(2);
  private static final Sql PLAIN =
      Sql.of(
          """
          insert into platform.plain_jobs
            (id, task_name, task_instance, task_data, priority, enqueued_at, due_at, execution_time)
          values (:id, 'note.free', :key, :data, 0, now(), now(), now())
          """);

  private final Database database;
  private final Jobs jobs;
  private final Queue<Long> waits = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch left = new CountDownLatch(0);

  record Note(String text, long atNanos) {}

  private JobBenchmark(HikariDataSource pool) {
    database = new Database(() -> pool);
    jobs = node();
  }

  public static void main(String[] arguments) throws Exception {
    try (DurablePostgres postgres = DurablePostgres.migrated();
        HikariDataSource pool = postgres.pool(CONNECTIONS)) {
      new JobBenchmark(pool).run();
    }
  }

  private void run() {
    int _ =
        database.run(
            Sql.of("create table platform.plain_jobs (like platform.jobs including all)")::update);
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.printf("round %d%n", round);
      double plain = rate("plain inserts in one transaction", JOBS, this::insertTogether);
      double enqueued = rate("enqueued in one transaction", JOBS, this::enqueueTogether);
      double plainCommits = rate("plain inserts, a commit each", COMMITS, this::insertEach);
      double commits = rate("enqueued, a commit each", COMMITS, this::enqueueEach);
      System.out.printf(
          "  enqueue against plain insert: %.2f in one transaction, %.2f with a commit each%n",
          enqueued / plain, commits / plainCommits);
      int _ = database.run(Sql.of("truncate platform.plain_jobs")::update);
      left = new CountDownLatch(JOBS + COMMITS);
      Jobs jobs = node();
      rate("run, without tenant", JOBS + COMMITS, _ -> run(jobs));
      left = new CountDownLatch(JOBS);
      enqueueBound(JOBS);
      Jobs bound = node();
      rate("run, of " + TENANTS + " tenants, two at once each", JOBS, _ -> run(bound));
      latency();
    }
  }

  private Jobs node() {
    Jobs node = new Jobs(database, new Chores(database), Clock.systemUTC());
    node.handle(FREE, (_, note) -> began(note));
    node.handle(BOUND, (_, note) -> began(note));
    return node;
  }

  private void run(Jobs node) {
    node.begin(new DatabaseReady());
    await();
    node.stop();
  }

  private void latency() {
    Jobs node = node();
    node.begin(new DatabaseReady());
    waits.clear();
    for (int i = 0; i < LATENCIES; i++) {
      left = new CountDownLatch(1);
      boolean _ = database.transaction(tx -> enqueue(node, tx, FREE, Optional.empty()));
      await();
    }
    node.stop();
    System.out.printf(
        "  begins after its enqueueing, one at a time: p50 %.1f ms, p99 %.1f ms%n",
        new Percentiles(List.copyOf(waits)).at(50) / 1e6,
        new Percentiles(List.copyOf(waits)).at(99) / 1e6);
  }

  private void began(Note note) {
    waits.add(System.nanoTime() - note.atNanos());
    left.countDown();
  }

  private void await() {
    try {
      left.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Work {
    void run(int count) throws SQLException;
  }

  private static double rate(String what, int count, Work work) {
    long start = System.nanoTime();
    try {
      work.run(count);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    double perSecond = count / ((System.nanoTime() - start) / NANOS);
    System.out.printf("  %s: %,.0f/s, %.0f us each%n", what, perSecond, 1e6 / perSecond);
    return perSecond;
  }

  private void insertTogether(int count) {
    boolean _ =
        database.transaction(
            tx -> {
              for (int i = 0; i < count; i++) {
                insert(tx.connection());
              }
              return true;
            });
  }

  private void insertEach(int count) {
    for (int i = 0; i < count; i++) {
      int _ = database.transaction(tx -> insert(tx.connection()));
    }
  }

  private static int insert(java.sql.Connection connection) throws SQLException {
    UUID id = UUID.randomUUID();
    return PLAIN
        .bind("id", id)
        .bind("key", id.toString())
        .bind(
            "data",
            "{\"text\":\"note\",\"at_nanos\":123456789012345}".getBytes(StandardCharsets.UTF_8))
        .update(connection);
  }

  private void enqueueTogether(int count) {
    boolean _ =
        database.transaction(
            tx -> {
              for (int i = 0; i < count; i++) {
                enqueue(tx, FREE, Optional.empty());
              }
              return true;
            });
  }

  private void enqueueEach(int count) {
    for (int i = 0; i < count; i++) {
      boolean _ = database.transaction(tx -> enqueue(tx, FREE, Optional.empty()));
    }
  }

  private void enqueueBound(int count) {
    List<UUID> tenants = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      tenants.add(UUID.randomUUID());
    }
    boolean _ =
        database.transaction(
            tx -> {
              for (int i = 0; i < count; i++) {
                enqueue(tx, BOUND, Optional.of(tenants.get(i % TENANTS)));
              }
              return true;
            });
  }

  private boolean enqueue(Tx tx, JobType<Note> type, Optional<UUID> tenant) throws SQLException {
    return enqueue(jobs, tx, type, tenant);
  }

  private static boolean enqueue(Jobs jobs, Tx tx, JobType<Note> type, Optional<UUID> tenant)
      throws SQLException {
    return jobs.enqueue(
        tx,
        type,
        UUID.randomUUID().toString(),
        tenant,
        new Note("note", System.nanoTime()),
        Instant.now());
  }
}
