package io.nettrace.platform.mail;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Takes letters out of the outbox and delivers them, one at a time on each node. */
@Service
public class Courier {
  static final int MOST_ATTEMPTS = 10;
  private static final Logger LOG = System.getLogger(Courier.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_FAILURE_LENGTH = 500;

  private final Database database;
  private final Delivery delivery;
  private final Clock clock;
  private final Semaphore news = new Semaphore(0);
  private volatile @Nullable Thread thread;

  @Inject
  Courier(Database database, Delivery delivery, Clock clock) {
    this.database = database;
    this.delivery = delivery;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready, Chores chores) {
    thread = Thread.ofPlatform().daemon().name("nettrace-courier").start(this::live);
    chores.every(LOOK_EVERY, "sending mail that waits", this::sendDue);
    chores.every(FORGET_EVERY, "forgetting old mail", this::forgetOld);
  }

  /** There may be a letter. */
  void wake() {
    news.release();
  }

  @PreDestroy
  void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void live() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        news.acquire();
        news.drainPermits();
        sendDue();
      } catch (InterruptedException e) {
        return;
      } catch (DatabaseUnavailableException e) {
        LOG.log(Level.DEBUG, "mail waits for the database: {0}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "mail waits for the next look", e);
      }
    }
  }

  /** Sends everything that is due; returns how many letters left. */
  int sendDue() {
    int sent = 0;
    Optional<Letter> next = claim();
    while (next.isPresent()) {
      if (send(next.get())) {
        sent++;
      }
      next = claim();
    }
    return sent;
  }

  void forgetOld() {
    database.run(connection -> OutboxStore.forgetOld(connection, clock.instant()));
    database.run(connection -> LetterLimits.forgetOld(connection, clock.instant()));
  }

  private Optional<Letter> claim() {
    return database.run(connection -> OutboxStore.claim(connection, clock.instant()));
  }

  private boolean send(Letter letter) {
    try {
      delivery.deliver(letter);
      database.run(connection -> OutboxStore.sent(connection, letter.id(), clock.instant()));
      return true;
    } catch (UndeliverableException e) {
      String failure = cut(String.valueOf(e.getMessage()));
      database.run(connection -> failed(connection, letter, failure));
      return false;
    }
  }

  private int failed(java.sql.Connection connection, Letter letter, String failure)
      throws java.sql.SQLException {
    Instant now = clock.instant();
    if (letter.attempts() >= MOST_ATTEMPTS) {
      LOG.log(Level.WARNING, "mail {0} was given up: {1}", letter.id(), failure);
      return OutboxStore.giveUp(connection, letter.id(), failure, now);
    }
    LOG.log(Level.INFO, "mail {0} will be tried again: {1}", letter.id(), failure);
    return OutboxStore.later(
        connection, letter.id(), failure, now.plus(pauseAfter(letter.attempts())));
  }

  /** Doubles with each attempt. */
  static Duration pauseAfter(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (attempts - 1));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static String cut(String text) {
    return text.length() <= MOST_FAILURE_LENGTH ? text : text.substring(0, MOST_FAILURE_LENGTH);
  }
}
