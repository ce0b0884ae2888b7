package io.nettrace.platform.event;

import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.testing.DurablePostgres;
import io.nettrace.testing.Percentiles;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Audit entries a second of eight writers, against the plain insert of the same row; how fast a
 * consumer takes them in, one by one and fifty at once; and how long after its commit an event
 * reaches a consumer and a follower. The database writes to the disk as the product's does.
 */
public final class EventBenchmark {
  private static final int CONNECTIONS = 16;
  private static final int WRITERS = 8;
  private static final int EVENTS = 4_000;
  private static final int LATENCIES = 300;
  private static final int ROUNDS = 3;
  private static final double NANOS = 1e9;
  private static final Actor BENCHMARK = new Actor.System("benchmark");
  private static final Sql PLAIN =
      Sql.of(
          """
          insert into public.plain_events (type, version, subject, actor, body, brief)
          values ('bench.done', 1, :subject, 'system:benchmark', '{"number": "1"}', false)
          """);

  private final Database database;
  private final Queue<Long> waits = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch left = new CountDownLatch(0);

  private EventBenchmark(HikariDataSource pool) {
    database = new Database(() -> pool);
  }

  public static void main(String[] arguments) throws Exception {
    try (DurablePostgres postgres = DurablePostgres.migrated();
        HikariDataSource pool = postgres.pool(CONNECTIONS)) {
      new EventBenchmark(pool).run();
    }
  }

  private void run() throws Exception {
    int _ =
        database.run(
            Sql.of("create table public.plain_events (like events.events including all)")::update);
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.printf("round %d%n", round);
      double plain = rate("plain inserts, a commit each", () -> write(this::insertPlain));
      double kept = rate("audit entries, a commit each", () -> write(this::audit));
      System.out.printf("  audit entries against plain inserts: %.2f%n", kept / plain);
      consumed("one by one", "single-" + round, 1);
      consumed("fifty at once", "many-" + round, 50);
      int _ = database.run(Sql.of("truncate public.plain_events, events.events")::update);
      latency(round);
    }
  }

  private void consumed(String how, String name, int atOnce) throws Exception {
    left = new CountDownLatch(EVENTS);
    EventConsumers node = node();
    node.consume(name, EventTypes.ALL, atOnce, (_, _) -> left.countDown());
    rate(
        "taken in, " + how,
        () -> {
          node.start();
          left.await();
        });
    node.stop();
  }

  private void latency(int round) throws Exception {
    EventConsumers node = node();
    node.consume("late-" + round, EventTypes.ALL, (_, event) -> arrived(event));
    node.start();
    Queue<Long> consumed = measure();
    node.stop();
    EventConsumers other = node();
    other.follow(EventTypes.ALL, new Follower());
    other.start();
    Queue<Long> followed = measure();
    other.stop();
    print("reaches a consumer of the same node", consumed);
    print("reaches a follower of the same node", followed);
  }

  private Queue<Long> measure() throws InterruptedException {
    waits.clear();
    for (int i = 0; i < LATENCIES; i++) {
      left = new CountDownLatch(1);
      audit(Long.toString(System.nanoTime()));
      left.await();
    }
    return new ConcurrentLinkedQueue<>(waits);
  }

  private static void print(String what, Queue<Long> nanos) {
    Percentiles all = new Percentiles(List.copyOf(nanos));
    System.out.printf("  %s: p50 %.1f ms, p99 %.1f ms%n", what, all.at(50) / 1e6, all.at(99) / 1e6);
  }

  private void arrived(KeptEvent event) {
    if (event.type().equals("bench.timed")) {
      waits.add(System.nanoTime() - Long.parseLong(event.subject()));
      left.countDown();
    }
  }

  /** Takes the time of each event. */
  private final class Follower implements EventFollower {
    @Override
    public void take(List<KeptEvent> events) {
      events.forEach(EventBenchmark.this::arrived);
    }

    @Override
    public void restart() {
      throw new IllegalStateException("an event could not be taken in");
    }
  }

  private EventConsumers node() {
    Signals signals = new Signals(database);
    signals.begin(new DatabaseReady());
    return new EventConsumers(
        database,
        signals,
        new Chores(database),
        new EventConfig(Duration.ofDays(1), Duration.ofMillis(1)),
        Clock.systemUTC());
  }

  private void insertPlain(String subject) {
    int _ = database.transaction(tx -> PLAIN.bind("subject", subject).update(tx.connection()));
  }

  private void audit(String subject) {
    boolean _ =
        database.transaction(
            tx -> {
              tx.audit(
                  BENCHMARK,
                  AuditEntry.ofInstallation(() -> "bench.timed", subject).with("number", 1));
              return true;
            });
  }

  /** By all writers together. */
  private interface Writing {
    void write(String subject);
  }

  private static void write(Writing writing) throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        all.add(
            writers.submit(
                () -> {
                  for (int i = 0; i < EVENTS / WRITERS; i++) {
                    writing.write("1");
                  }
                }));
      }
    }
    for (Future<?> one : all) {
      Object _ = one.get();
    }
  }

  /** What is measured. */
  private interface Step {
    void run() throws Exception;
  }

  private static double rate(String what, Step step) throws Exception {
    long begun = System.nanoTime();
    step.run();
    double rate = EVENTS * NANOS / (System.nanoTime() - begun);
    System.out.printf("  %s: %.0f/s%n", what, rate);
    return rate;
  }
}
