package io.nettrace.platform;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * How nodes tell each other, over the database, that something changed. A signal is sent when the
 * transaction that made the change commits, and reaches every node, the sending one as well. It may
 * be missed while a node has no connection, so it only points at the change: whoever subscribes
 * also says how to read everything anew, which is done after each connection and now and then.
 *
 * <p>PostgreSQL lets transactions that signal commit one after the other: signals are for what
 * people change, not for what each call does.
 */
@Service
public class Signals {
  private static final Logger LOG = System.getLogger(Signals.class.getName());
  private static final String CHANNEL = "nettrace_signals";
  private static final Sql NOTIFY = Sql.of("select pg_notify(:channel, :signal)");
  private static final char SEPARATOR = ' ';
  private static final Duration LISTEN = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration RESYNC_EVERY = Duration.ofSeconds(30);

  private final Database database;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("nettrace-signals").unstarted(this::run);
  private volatile boolean stopped;

  @Inject
  public Signals(Database database) {
    this.database = database;
  }

  /**
   * Tells all nodes of {@code topic} when {@code tx} commits. Takes part in the caller's
   * transaction.
   *
   * @param topic one word
   * @param payload what changed, such as an id: less than 8000 bytes with the topic, and no secret
   */
  public void publish(Tx tx, String topic, String payload) throws SQLException {
    boolean _ =
        NOTIFY
            .bind("channel", CHANNEL)
            .bind("signal", topic + SEPARATOR + payload)
            .any(tx.connection());
  }

  /**
   * From now on {@code heard} is told the payload of each signal of {@code topic}, and {@code
   * resync} is run whenever signals may have been missed, soon for the first time. Both run on the
   * bus's only thread, so they are brief; one that throws is followed by a resync a second later.
   */
  public void subscribe(String topic, Consumer<String> heard, Runnable resync) {
    if (topic.isEmpty() || topic.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException("a topic is one word: " + topic);
    }
    subscribers.add(new Subscriber(topic, heard, resync));
  }

  /** After everybody who observes the same event has read what is there. */
  public void begin(@Observes @Priority(StartPhase.CHORES) DatabaseReady ready) {
    thread.start();
  }

  @PreDestroy
  public void stop() {
    stopped = true;
    thread.interrupt();
  }

  private void run() {
    while (!stopped) {
      try {
        database.run(this::listen);
      } catch (DatabaseException e) {
        LOG.log(Level.DEBUG, "signals of other nodes are not heard: {0}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "signals of other nodes are not heard", e);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      while (!stopped) {
        subscribers.forEach(Subscriber::mayHaveMissed);
        long until = System.nanoTime() + RESYNC_EVERY.toNanos();
        while (!stopped && System.nanoTime() - until < 0) {
          subscribers.forEach(Subscriber::catchUp);
          hear(postgres.getNotifications((int) LISTEN.toMillis()));
        }
      }
      statement.execute("unlisten *"); // the pool may hand the connection on
    }
    return true;
  }

  private void hear(PGNotification[] notifications) {
    for (PGNotification notification : notifications) {
      String text = notification.getParameter();
      int end = text.indexOf(SEPARATOR);
      String topic = text.substring(0, Math.max(end, 0));
      for (Subscriber subscriber : subscribers) {
        if (subscriber.topic.equals(topic)) {
          subscriber.hear(text.substring(end + 1));
        }
      }
    }
  }

  /** Somebody who wants to know; one that fails does not disturb the others. */
  private static final class Subscriber {
    private final String topic;
    private final Consumer<String> heard;
    private final Runnable resync;
    private boolean current;

    Subscriber(String topic, Consumer<String> heard, Runnable resync) {
      this.topic = topic;
      this.heard = heard;
      this.resync = resync;
    }

    void mayHaveMissed() {
      current = false;
    }

    void catchUp() {
      if (!current) {
        current = attempt(resync);
      }
    }

    void hear(String payload) {
      current &= attempt(() -> heard.accept(payload));
    }

    private boolean attempt(Runnable work) {
      try {
        work.run();
        return true;
      } catch (DatabaseUnavailableException e) {
        LOG.log(Level.DEBUG, "{0} waits for the database: {1}", topic, e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "what " + topic + " says was not taken up", e);
      }
      return false;
    }
  }
}
