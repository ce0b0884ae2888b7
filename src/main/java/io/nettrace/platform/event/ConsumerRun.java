package io.nettrace.platform.event;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseUnavailableException;
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
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int LONGEST_REASON = 500;

  private final String name;
  private final EventTypes types;
  private final int atOnce;
  private final EventConsumer consumer;
  private final Database database;
  private final Duration firstRest;

  /** What was tried in a transaction, for when it fails. */
  private static final class Attempt {
    private Position from = Position.START;
    private int events;
    private EventReader.@Nullable Placed at;
  }

  ConsumerRun(
      String name,
      EventTypes types,
      int atOnce,
      EventConsumer consumer,
      Database database,
      Duration firstRest) {
    this.firstRest = firstRest;
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
              ConsumerStore.enter(tx.connection(), name, Position.START);
              return true;
            });
  }

  /** Takes in what comes next; true when there may be more. */
  boolean step() {
    Attempt attempt = new Attempt();
    try {
      return database.transaction(tx -> take(tx, attempt));
    } catch (DatabaseUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      EventReader.Placed failed = attempt.at;
      if (failed == null) {
        throw e;
      }
      return failed(attempt, failed, e);
    }
  }

  private boolean take(Tx tx, Attempt attempt) throws SQLException {
    Optional<ConsumerStore.Standing> standing = ConsumerStore.lock(tx.connection(), name);
    if (standing.isEmpty() || standing.get().rests()) {
      return false;
    }
    Position from = standing.get().position();
    // alone, once some of several failed, so that the one at fault is found
    int most = standing.get().failures() == 0 ? atOnce : 1;
    EventReader.Next next = EventReader.next(tx.connection(), from, types, most);
    attempt.from = from;
    attempt.events = next.events().size();
    for (EventReader.Placed one : next.events()) {
      attempt.at = one;
      consumer.take(tx, one.event());
    }
    if (!next.end().equals(from)) {
      ConsumerStore.move(tx.connection(), name, next.end());
    }
    return !next.events().isEmpty();
  }

  /** True when the consumer may go on at once. */
  private boolean failed(Attempt attempt, EventReader.Placed failed, RuntimeException failure) {
    String reason = reason(failure);
    return database.transaction(
        tx -> {
          Optional<ConsumerStore.Standing> now = ConsumerStore.lock(tx.connection(), name);
          if (now.isEmpty() || !now.get().position().equals(attempt.from)) {
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
          ConsumerStore.fail(tx.connection(), name, attempt.from, reason, rest(failures));
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

  private void giveUp(Tx tx, EventReader.Placed failed, String reason, RuntimeException failure)
      throws SQLException {
    KeptEvent event = failed.event();
    ConsumerStore.bury(tx.connection(), name, event.seq(), reason);
    ConsumerStore.move(tx.connection(), name, failed.position());
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
          tx.audit(by, entry(ConsumerAct.REPLAYED, seq));
          return ConsumerStore.drop(tx.connection(), name, seq);
        });
  }

  /** Removes one that was given up; false when there is none of this number. */
  boolean drop(Actor by, long seq) {
    return database.transaction(
        tx -> {
          boolean dropped = ConsumerStore.drop(tx.connection(), name, seq);
          if (dropped) {
            tx.audit(by, entry(ConsumerAct.DROPPED, seq));
          }
          return dropped;
        });
  }

  private AuditEntry entry(ConsumerAct act, long seq) {
    return AuditEntry.ofInstallation(act, name).with("seq", seq);
  }

  Optional<ConsumerState> state() {
    return database.run(connection -> ConsumerStore.state(connection, name, types));
  }

  private Duration rest(int failures) {
    long most = Math.min(firstRest.toMillis() << failures, LONGEST_REST.toMillis());
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }

  private static String reason(RuntimeException failure) {
    String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }
}
