package io.nettrace.platform.event;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.FailureText;
import io.nettrace.platform.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Brings one consumer forward in one database; whichever node holds its row is at it. */
final class ConsumerRun {
  /** So often an event is tried before it is given up. */
  static final int MOST_ATTEMPTS = 10;

  private static final Logger LOG = System.getLogger(ConsumerRun.class.getName());
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final EventTypes types;
  private final int atOnce;
  private final EventConsumer consumer;
  private final Database database;
  private final Duration firstPause;

  /** What was tried in a transaction, for when it fails. */
  private static final class Attempt {
    private Cursor from = Cursor.START;
    private int events;
    private EventReader.@Nullable AtCursor at;
  }

  ConsumerRun(
      String name,
      EventTypes types,
      int atOnce,
      EventConsumer consumer,
      Database database,
      Duration firstPause) {
    this.firstPause = firstPause;
    this.name = name;
    this.types = types;
    this.atOnce = atOnce;
    this.consumer = consumer;
    this.database = database;
  }

  String name() {
    return name;
  }

  Database database() {
    return database;
  }

  void enter() {
    boolean _ =
        database.transaction(
            tx -> {
              ConsumerStore.enter(tx.connection(), name, Cursor.START);
              return true;
            });
  }

  /** Takes in what comes next; true when there may be more. */
  boolean step() {
    if (!database.run(connection -> ConsumerStore.hasNext(connection, name))) {
      return false;
    }
    Attempt attempt = new Attempt();
    try {
      return database.transaction(tx -> take(tx, attempt));
    } catch (DatabaseUnavailableException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      EventReader.AtCursor failed = attempt.at;
      if (failed == null) {
        throw e;
      }
      return failed(attempt, failed, e);
    }
  }

  private boolean take(Tx tx, Attempt attempt) throws SQLException {
    Optional<ConsumerStore.Standing> standing = ConsumerStore.lock(tx.connection(), name);
    if (standing.isEmpty() || standing.get().waits()) {
      return false;
    }
    Cursor from = standing.get().cursor();
    // alone, once some of several failed, so that the one at fault is found
    int most = standing.get().failures() == 0 ? atOnce : 1;
    EventReader.Next next = EventReader.next(tx.connection(), from, types, most);
    attempt.from = from;
    attempt.events = next.events().size();
    Cursor reached = next.events().isEmpty() ? next.end() : from;
    boolean readable = true;
    for (EventReader.AtCursor one : next.events()) {
      readable = types.canRead(one.event());
      if (!readable) {
        break; // a node of the later release takes it in
      }
      attempt.at = one;
      consumer.take(tx, one.event());
      reached = one.cursor();
    }
    if (!reached.equals(from)) {
      ConsumerStore.move(tx.connection(), name, reached);
    }
    return readable && !next.events().isEmpty();
  }

  /** True when the consumer may go on at once. */
  private boolean failed(Attempt attempt, EventReader.AtCursor failed, Throwable failure) {
    String reason = FailureText.of(failure);
    return database.transaction(
        tx -> {
          Optional<ConsumerStore.Standing> now = ConsumerStore.lock(tx.connection(), name);
          if (now.isEmpty() || !now.get().cursor().equals(attempt.from)) {
            return false;
          }
          if (attempt.events > 1) {
            ConsumerStore.fail(tx.connection(), name, attempt.from, reason, Duration.ZERO);
            return true;
          }
          int failures = now.get().failures() + 1;
          if (failures >= MOST_ATTEMPTS) {
            giveUp(tx, failed, reason, failure);
            return true;
          }
          ConsumerStore.fail(tx.connection(), name, attempt.from, reason, pause(failures));
          LOG.log(
              failures == 1 ? Level.WARNING : Level.DEBUG,
              "{0} tries event {1} ({2}) again: {3}",
              name,
              failed.event().seq(),
              failed.event().type(),
              reason);
          return false;
        });
  }

  private void giveUp(Tx tx, EventReader.AtCursor failed, String reason, Throwable failure)
      throws SQLException {
    KeptEvent event = failed.event();
    ConsumerStore.addDeadLetter(tx.connection(), name, event.seq(), reason);
    ConsumerStore.move(tx.connection(), name, failed.cursor());
    tx.afterCommit(
        () ->
            LOG.log(
                Level.ERROR,
                "%s gave up event %d (%s) after %d attempts; an operator may replay it"
                    .formatted(name, event.seq(), event.type(), MOST_ATTEMPTS),
                failure));
  }

  /** Takes in one that was given up; false when there is none of this number. */
  boolean replay(Actor by, long seq) {
    return database.transaction(
        tx -> {
          Optional<DeadLetter> letter = ConsumerStore.lockDead(tx.connection(), name, seq);
          if (letter.isEmpty()) {
            return false;
          }
          consumer.take(tx, letter.get().event());
          tx.audit(by, entry(DeadLetterAct.REPLAYED, seq));
          return ConsumerStore.drop(tx.connection(), name, seq);
        });
  }

  /** Removes one that was given up; false when there is none of this number. */
  boolean drop(Actor by, long seq) {
    return database.transaction(
        tx -> {
          boolean dropped = ConsumerStore.drop(tx.connection(), name, seq);
          if (dropped) {
            tx.audit(by, entry(DeadLetterAct.DROPPED, seq));
          }
          return dropped;
        });
  }

  private AuditEntry entry(DeadLetterAct act, long seq) {
    return AuditEntry.ofInstallation(act, name).with("seq", seq);
  }

  Optional<ConsumerState> state() {
    return database.run(connection -> ConsumerStore.state(connection, name, types));
  }

  private Duration pause(int failures) {
    long most = Math.min(firstPause.toMillis() << failures, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}
