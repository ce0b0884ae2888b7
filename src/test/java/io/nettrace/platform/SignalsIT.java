package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.testing.SharedPostgres;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes on one database. */
@Timeout(120)
class SignalsIT {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Database database = SharedPostgres.freshDatabase();
  private final Node here = new Node();
  private final Node there = new Node();

  @BeforeEach
  void begin() throws InterruptedException {
    here.bus.begin(new DatabaseReady());
    there.bus.begin(new DatabaseReady());
    here.resyncs.acquire();
    there.resyncs.acquire();
  }

  @AfterEach
  void stop() {
    here.bus.stop();
    there.bus.stop();
  }

  @Test
  void aSignalReachesEveryNodeSoonAfterTheCommitAndTheSenderAsWell() throws Exception {
    for (int i = 0; i < 10; i++) {
      publish(here, "keys", "key " + i);
      long committed = System.nanoTime();
      assertThat(there.heard.take()).isEqualTo("key " + i);
      Duration took = Duration.ofNanos(System.nanoTime() - committed);
      assertThat(here.heard.take()).isEqualTo("key " + i);
      assertThat(took).isLessThan(SOON);
      System.out.printf("a signal took %.1f ms%n", took.toNanos() / 1e6);
    }
  }

  @Test
  void whatIsRolledBackIsNotSignalled() throws Exception {
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      here.bus.publish(tx, "keys", "never");
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    publish(here, "keys", "later");
    assertThat(there.heard.take()).isEqualTo("later");
  }

  @Test
  void otherTopicsAreNotHeard() throws Exception {
    publish(here, "keysets", "another");
    publish(here, "keys", "");
    assertThat(there.heard.take()).isEmpty();
  }

  @Test
  void afterALostConnectionEverythingIsReadAnewAndLaterSignalsArrive() throws Exception {
    disconnectListeners();
    there.resyncs.acquire();
    publish(here, "keys", "after");
    assertThat(there.heard.take()).isEqualTo("after");
  }

  @Test
  void whoFailsIsToldToReadAnewAndDisturbsNobody() throws Exception {
    Semaphore resyncs = new Semaphore(0);
    there.bus.subscribe(
        "keys",
        _ -> {
          throw new IllegalStateException("on purpose");
        },
        resyncs::release);
    resyncs.acquire();

    publish(here, "keys", "one");

    resyncs.acquire();
    assertThat(there.heard.take()).isEqualTo("one");
  }

  @Test
  void aTopicIsOneWord() {
    assertThatThrownBy(() -> here.bus.subscribe("two words", _ -> {}, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void publish(Node from, String topic, String payload) {
    database.transaction(
        tx -> {
          from.bus.publish(tx, topic, payload);
          return payload;
        });
  }

  private void disconnectListeners() {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
          }
        });
  }

  private final class Node {
    final Signals bus = new Signals(database);
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final Semaphore resyncs = new Semaphore(0);

    Node() {
      bus.subscribe("keys", heard::add, resyncs::release);
    }
  }
}
