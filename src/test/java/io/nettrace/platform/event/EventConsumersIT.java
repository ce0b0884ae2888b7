package io.nettrace.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DomainEvent;
import io.nettrace.platform.EventType;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.testing.SharedPostgres;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events of two databases, and those who follow them. */
@Timeout(120)
class EventConsumersIT {
  private static final Actor TEST = new Actor.System("test");
  private static final int WRITERS = 8;
  private static final int COMMITS_OF_EACH = 1_250;

  private final HikariDataSource platformPool = pool();
  private final HikariDataSource cellPool = pool();
  private final Database platform = new Database(() -> platformPool);
  private final Database cell = new Database(() -> cellPool);
  private final List<Node> nodes = new ArrayList<>();
  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

  /** What one server runs. */
  private final class Node {
    private final Signals signals = new Signals(platform);
    private final EventConsumers consumers =
        new EventConsumers(
            platform,
            signals,
            new Chores(platform),
            new EventConfig(Duration.ofDays(3), Duration.ofMillis(1)),
            Clock.systemUTC());

    Node() {
      consumers.attach(cell);
      nodes.add(this);
    }

    Node start() {
      signals.begin(new DatabaseReady());
      consumers.start();
      return this;
    }

    void stop() {
      consumers.stop();
      signals.stop();
    }
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::stop);
    platformPool.close();
    cellPool.close();
  }

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(SharedPostgres.migratedSource());
    config.setMaximumPoolSize(WRITERS + 6);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  @Test
  void noneOfManyIsMissedOrTakenTwiceThoughTheyCommitOutOfOrder() throws Exception {
    for (int i = 0; i < 2; i++) {
      Node node = new Node();
      node.consumers.consume(
          "all", EventTypes.ALL, 50, (tx, event) -> note(tx.connection(), event));
      node.start();
    }
    List<Future<List<String>>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write(writer)));
      }
    }
    List<String> committed = new ArrayList<>();
    for (Future<List<String>> writer : writers) {
      committed.addAll(writer.get());
    }
    publish(platform, "last");
    publish(cell, "last");
    awaitNoted(platform, "last");
    awaitNoted(cell, "last");

    List<String> noted = new ArrayList<>();
    noted.addAll(noted(platform));
    noted.addAll(noted(cell));
    noted.removeIf("last"::equals);
    assertThat(noted).hasSizeGreaterThan(WRITERS * COMMITS_OF_EACH * 8 / 10);
    assertThat(noted).containsExactlyInAnyOrderElementsOf(committed);
  }

  /** Pairs of statements with other writers between them; some are rolled back. */
  private List<String> write(int writer) {
    Random random = new Random(writer);
    List<String> committed = new ArrayList<>();
    for (int i = 0; i < COMMITS_OF_EACH; i++) {
      String subject = writer + "/" + i;
      boolean commits = random.nextInt(20) != 0;
      int pause = random.nextInt(4);
      boolean _ =
          (random.nextBoolean() ? platform : cell)
              .transaction(
                  tx -> {
                    // some draw the transaction's number long before the event's
                    if (pause == 0) {
                      boolean _ = Sql.of("select pg_current_xact_id()").any(tx.connection());
                      boolean _ = Sql.of("select pg_sleep(0.002)").any(tx.connection());
                    }
                    tx.audit(TEST, AuditEntry.ofInstallation(() -> "test.done", subject));
                    if (pause == 1) {
                      boolean _ = Sql.of("select pg_sleep(0.003)").any(tx.connection());
                    }
                    if (!commits) {
                      tx.rollbackOnly();
                    }
                    return true;
                  });
      if (commits) {
        committed.add(subject);
      }
    }
    return committed;
  }

  @Test
  void anEventThatCannotBeTakenInIsTriedAgainGivenUpAndReplayed() throws Exception {
    Node node = new Node();
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch mended = new CountDownLatch(1);
    node.consumers.consume(
        "careful",
        EventTypes.ALL,
        10,
        (tx, event) -> {
          if (event.subject().equals("bad") && mended.getCount() > 0) {
            attempts.incrementAndGet();
            note(tx.connection(), event);
            throw new IllegalStateException("cannot take it in");
          }
          note(tx.connection(), event);
        });
    publish(platform, "before");
    publish(platform, "bad");
    publish(platform, "after");
    node.start();

    awaitNoted(platform, "after");

    assertThat(noted(platform)).containsExactly("before", "after");
    // once among others, then alone
    assertThat(attempts).hasValueBetween(ConsumerRun.MOST_ATTEMPTS, ConsumerRun.MOST_ATTEMPTS + 1);
    List<DeadLetter> dead = node.consumers.deadLetters("careful", 0, 10).orElseThrow();
    assertThat(dead).hasSize(1);
    assertThat(dead.getFirst().event().subject()).isEqualTo("bad");
    assertThat(dead.getFirst().event().actor()).isEqualTo("system:test");
    assertThat(dead.getFirst().reason()).contains("cannot take it in");
    assertThat(node.consumers.states()).extracting(ConsumerState::deadLetters).contains(1L);

    mended.countDown();
    long seq = dead.getFirst().event().seq();
    assertThat(node.consumers.replay(TEST, "careful", seq)).isTrue();
    assertThat(node.consumers.replay(TEST, "careful", seq)).isFalse();
    // what comes after it is that it was replayed
    assertThat(noted(platform)).startsWith("before", "after", "bad");
    assertThat(node.consumers.deadLetters("careful", 0, 10)).hasValue(List.of());
    assertThat(node.consumers.deadLetters("unknown", 0, 10)).isEmpty();
  }

  @Test
  void anOpenTransactionDelaysWhatCameLaterAndShowsAsLag() throws Exception {
    Node node = new Node();
    node.consumers.consume("all", EventTypes.ALL, (tx, event) -> taken.add(event.subject()));
    node.start();
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Boolean> longest =
          threads.submit(
              () ->
                  platform.transaction(
                      tx -> {
                        tx.audit(TEST, AuditEntry.ofInstallation(() -> "test.done", "early"));
                        open.countDown();
                        await(end);
                        return true;
                      }));
      open.await();
      publish(platform, "late");

      assertThat(node.consumers.states())
          .extracting(state -> state.oldestWaiting().isPresent())
          .contains(true);
      assertThat(taken).isEmpty();
      end.countDown();
      assertThat(longest.get()).isTrue();
    }

    assertThat(List.of(taken.take(), taken.take())).containsExactly("early", "late");
  }

  @Test
  void followersHearWhatHappensFromNowOnInEveryDatabase() throws Exception {
    publish(platform, "before");
    Node here = new Node();
    Node there = new Node();
    for (Node node : List.of(here, there)) {
      node.consumers.follow(EventTypes.ALL, new Follower());
      node.start();
    }
    publish(platform, "first");
    assertThat(List.of(taken.take(), taken.take())).containsExactly("first", "first");
    publish(cell, "second");
    assertThat(List.of(taken.take(), taken.take())).containsExactly("second", "second");
    assertThat(taken).isEmpty();
  }

  @Test
  void aFollowerPassesOverWhatItCannotTakeInAndReadsEverythingAgain() throws Exception {
    Node node = new Node();
    node.consumers.follow(EventTypes.ALL, new Follower());
    node.start();
    publish(platform, "bad");

    assertThat(taken.take()).isEqualTo("restarted");
    publish(platform, "after");
    assertThat(taken.take()).isEqualTo("after");
  }

  @Test
  void anEventOfALaterVersionWaitsForANodeThatKnowsIt() throws Exception {
    Node node = new Node();
    node.consumers.consume(
        "counts", EventTypes.of(OneOfMany.class), 10, (_, event) -> taken.add(event.subject()));
    publishOneOfMany();
    publishOneOfMany();
    int _ =
        platform.run(
            Sql.of(
                    """
                    update events.events set version = 2
                    where seq = (select max(seq) from events.events)
                    """)
                ::update);
    node.start();

    assertThat(taken.take()).isEqualTo("one of many");
    assertThat(node.consumers.states())
        .filteredOn(state -> state.oldestWaiting().isPresent())
        .singleElement()
        .satisfies(state -> assertThat(state.failures()).isZero());
    int _ = platform.run(Sql.of("update events.events set version = 1")::update);
    assertThat(taken.take()).isEqualTo("one of many");
  }

  /** Tells of what it takes; cannot take what is bad. */
  private final class Follower implements EventFollower {
    @Override
    public void take(List<KeptEvent> events) {
      for (KeptEvent event : events) {
        if (event.subject().equals("bad")) {
          throw new IllegalStateException("cannot take it");
        }
        taken.add(event.subject());
      }
    }

    @Override
    public void restart() {
      taken.add("restarted");
    }
  }

  @Test
  void afterAMoveToAnotherServerNothingIsPassedOver() throws Exception {
    Node node = new Node();
    node.consumers.consume("all", EventTypes.ALL, (tx, event) -> note(tx.connection(), event));
    node.start();
    publish(platform, "taken in");
    awaitNoted(platform, "taken in");
    node.stop();
    publish(platform, "not taken in");
    int _ =
        platform.run(
            c ->
                // as another server wrote them, which has drawn more numbers than this one
                Sql.of("update events.events set xid = (xid::text::bigint + 1000000)::text::xid8")
                        .update(c)
                    + Sql.of(
                            "update events.consumers set xid = (xid::text::bigint +"
                                + " 1000000)::text::xid8")
                        .update(c)
                    + Sql.of("update events.server set system_identifier = 1").update(c));

    Node moved = new Node();
    moved.consumers.consume("all", EventTypes.ALL, (tx, event) -> note(tx.connection(), event));
    moved.start();
    publish(platform, "after the move");
    awaitNoted(platform, "after the move");

    assertThat(noted(platform)).containsExactly("taken in", "not taken in", "after the move");
  }

  @Test
  void whatAConsumerHasStillToTakeInIsNotForgotten() throws Exception {
    Node node = new Node();
    node.consumers.consume("all", EventTypes.ALL, (tx, event) -> note(tx.connection(), event));
    publish(platform, "old");
    int _ = platform.run(Sql.of("update events.events set at = at - interval '5 days'")::update);
    node.consumers.forget();
    node.start();
    awaitNoted(platform, "old");

    node.consumers.forget();

    boolean left = platform.run(Sql.of("select subject from events.events")::any);
    assertThat(left).isFalse();
  }

  @Test
  void whatIsKeptBrieflyIsForgottenAfterADayAndAuditEntriesAreNot() {
    Node node = new Node();
    publish(platform, "an entry");
    publishOneOfMany();
    int _ = platform.run(Sql.of("update events.events set at = at - interval '2 days'")::update);

    node.consumers.forget();

    assertThat(
            platform.<List<String>>run(
                c ->
                    Sql.of("select subject from events.events")
                        .all(c, row -> row.getString("subject"))))
        .containsExactly("an entry");
  }

  @EventType(value = "test.counted", brief = true, when = "In a test.")
  private record OneOfMany() implements DomainEvent {
    @Override
    public Optional<UUID> tenant() {
      return Optional.empty();
    }

    @Override
    public String subject() {
      return "one of many";
    }
  }

  private void publishOneOfMany() {
    boolean _ =
        platform.transaction(
            tx -> {
              tx.publish(TEST, new OneOfMany());
              return true;
            });
  }

  private static void publish(Database database, String subject) {
    boolean _ =
        database.transaction(
            tx -> {
              tx.audit(TEST, AuditEntry.ofInstallation(() -> "test.done", subject));
              return true;
            });
  }

  private void note(Connection transaction, KeptEvent event) throws java.sql.SQLException {
    int _ =
        Sql.of("create table if not exists public.noted (place serial, subject text)")
            .update(transaction);
    int _ =
        Sql.of("insert into public.noted (subject) values (:subject)")
            .bind("subject", event.subject())
            .update(transaction);
  }

  private static List<String> noted(Database database) {
    return database.run(
        c ->
            Sql.of("select to_regclass('public.noted') is not null as made")
                    .first(c, row -> row.getBoolean("made"))
                    .orElseThrow()
                ? Sql.of("select subject from public.noted order by place")
                    .all(c, row -> row.getString("subject"))
                : List.of());
  }

  private static void awaitNoted(Database database, String subject) throws InterruptedException {
    while (!noted(database).contains(subject)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
