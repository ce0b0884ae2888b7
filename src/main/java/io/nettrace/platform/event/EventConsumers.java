package io.nettrace.platform.event;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.platform.StartPhase;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Those who follow events. A named consumer is brought forward by one node of all, each event in a
 * transaction of its own, until it is taken in or, after {@link ConsumerRun#MOST_ATTEMPTS}
 * attempts, a dead letter. A follower is brought forward on every node.
 */
@Service
public class EventConsumers {
  private static final Logger LOG = System.getLogger(EventConsumers.class.getName());
  private static final String TOPIC = "events";
  private static final Duration POLL_EVERY = Duration.ofSeconds(1);

  /** So soon events are looked for again that an open transaction holds back; then less often. */
  private static final Duration HELD_BACK = Duration.ofMillis(20);

  /** Other nodes are told once in this time: PostgreSQL lets those who tell commit in a row. */
  private static final Duration SIGNAL_EVERY = Duration.ofMillis(50);

  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  private final List<Database> databases = new CopyOnWriteArrayList<>();
  private final Database platform;
  private final Signals signals;
  private final Chores chores;
  private final EventConfig config;
  private final EventUpkeep upkeep;
  private final String node = UUID.randomUUID().toString();
  private final List<ConsumerRun> consumers = new CopyOnWriteArrayList<>();
  private final List<FollowerRun> followers = new CopyOnWriteArrayList<>();
  private final ConsumerSignal consuming = new ConsumerSignal();
  private final ConsumerSignal following = new ConsumerSignal();
  private final AtomicBoolean untold = new AtomicBoolean();
  private final List<Thread> threads =
      List.of(
          Thread.ofPlatform().daemon().name("nettrace-consumers").unstarted(this::consume),
          Thread.ofPlatform().daemon().name("nettrace-followers").unstarted(this::follow));
  private volatile boolean stopped;

  @Inject
  public EventConsumers(
      Database database, Signals signals, Chores chores, EventConfig config, Clock clock) {
    this.platform = database;
    this.signals = signals;
    this.chores = chores;
    this.config = config;
    this.upkeep = new EventUpkeep(config, clock);
    attach(database);
  }

  /** A further database whose events are followed; before any consumer is named. */
  final void attach(Database database) {
    databases.add(database);
    database.whenPublished(this::published);
  }

  /**
   * Has {@code consumer} take in every event of these types, one at a time, from the first that is
   * kept. To be called while {@link DatabaseReady} is observed.
   *
   * @param name of this consumer for ever, as one word: its place is kept under it
   */
  public void consume(String name, EventTypes types, EventConsumer consumer) {
    consume(name, types, 1, consumer);
  }

  /**
   * The same, with several in one transaction.
   *
   * @param atOnce so many at most; those of a transaction that fails come again one by one
   */
  public void consume(String name, EventTypes types, int atOnce, EventConsumer consumer) {
    for (Database database : databases) {
      ConsumerRun run =
          new ConsumerRun(name, types, atOnce, consumer, database, config.firstPause());
      run.enter();
      consumers.add(run);
    }
  }

  /**
   * Tells {@code follower} of every event of these types that commits from now on, and perhaps of
   * some that committed just before. It runs on a thread that all followers share, so it is brief.
   */
  public void follow(EventTypes types, EventFollower follower) {
    for (Database database : databases) {
      followers.add(new FollowerRun(types, follower, database));
    }
  }

  /** Consumers and followers that are named later are brought forward from then on. */
  public void begin(@Observes @Priority(StartPhase.FOLLOW) DatabaseReady ready) {
    start();
    chores.every(FORGET_EVERY, "forgetting events", this::forget);
  }

  void start() {
    for (Database database : databases) {
      EventUpkeep.renumberAfterMove(database);
    }
    signals.subscribe(TOPIC, this::heard, this::wake);
    threads.forEach(Thread::start);
  }

  void forget() {
    List<String> names = consumers.stream().map(ConsumerRun::name).distinct().toList();
    for (Database database : databases) {
      upkeep.forget(database, names);
    }
  }

  /** How every consumer fares, in each database. */
  public List<ConsumerState> states() {
    return consumers.stream().flatMap(run -> run.state().stream()).toList();
  }

  /** Events that a consumer gave up, by number; empty when there is no such consumer. */
  public Optional<List<DeadLetter>> deadLetters(String consumer, long after, int most) {
    List<ConsumerRun> runs = runs(consumer);
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            runs.stream()
                .flatMap(
                    run ->
                        run
                            .database()
                            .run(c -> ConsumerStore.dead(c, consumer, after, most))
                            .stream())
                .limit(most)
                .toList());
  }

  /** Has the consumer take in an event that it gave up; false when there is none. */
  public boolean replay(Actor by, String consumer, long seq) {
    return runs(consumer).stream().anyMatch(run -> run.replay(by, seq));
  }

  /** Removes an event that the consumer gave up; false when there is none. */
  public boolean drop(Actor by, String consumer, long seq) {
    return runs(consumer).stream().anyMatch(run -> run.drop(by, seq));
  }

  private List<ConsumerRun> runs(String consumer) {
    return consumers.stream().filter(run -> run.name().equals(consumer)).toList();
  }

  private void published() {
    untold.set(true);
    wake();
  }

  private void heard(String sender) {
    if (!sender.equals(node)) {
      wake();
    }
  }

  private void wake() {
    consuming.call();
    following.call();
  }

  /** How long a loop rests. */
  private final class Rests {
    private Duration held = HELD_BACK;

    Duration next(boolean more) {
      if (more || !isHeldBack()) {
        held = HELD_BACK;
        return more ? Duration.ZERO : POLL_EVERY;
      }
      Duration now = held;
      held = shorter(held.multipliedBy(2), POLL_EVERY);
      return now;
    }
  }

  private void consume() {
    Rests rests = new Rests();
    while (!stopped) {
      boolean more = false;
      for (ConsumerRun run : consumers) {
        more |= attempt(run.name(), run::step);
      }
      if (!rest(consuming, rests.next(more))) {
        return;
      }
    }
  }

  private void follow() {
    Rests rests = new Rests();
    long toldNanos = System.nanoTime() - SIGNAL_EVERY.toNanos();
    while (!stopped) {
      boolean more = false;
      for (FollowerRun run : followers) {
        more |= attempt("a follower", run::step);
      }
      Duration longest = rests.next(more);
      if (untold.get()) {
        Duration since = Duration.ofNanos(System.nanoTime() - toldNanos);
        if (since.compareTo(SIGNAL_EVERY) >= 0) {
          untold.set(false);
          boolean _ = attempt("signals of events", this::tell);
          toldNanos = System.nanoTime();
        } else {
          longest = shorter(longest, SIGNAL_EVERY.minus(since));
        }
      }
      if (!rest(following, longest)) {
        return;
      }
    }
  }

  private boolean tell() {
    return platform.transaction(
        tx -> {
          signals.publish(tx, TOPIC, node);
          return false;
        });
  }

  private boolean isHeldBack() {
    return databases.stream()
        .anyMatch(database -> attempt("events", () -> database.run(EventReader::isWaiting)));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** What {@code work} returns, or false when it fails. */
  private static boolean attempt(String what, BooleanSupplier work) {
    try {
      return work.getAsBoolean();
    } catch (DatabaseUnavailableException e) {
      LOG.log(Level.DEBUG, "{0} wait for the database: {1}", what, e.getMessage());
    } catch (DatabaseException e) {
      LOG.log(Level.INFO, "{0}: tried again soon: {1}", what, e.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      LOG.log(Level.WARNING, what + ": tried again soon", e);
    }
    return false;
  }

  /** False when the thread is to end. */
  private static boolean rest(ConsumerSignal wakeUp, Duration longest) {
    try {
      wakeUp.rest(longest);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @PreDestroy
  public void stop() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }
}
