package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.testing.SharedPostgres;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChoresIT {
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final int PATIENCE_SECONDS = 120;

  private final Database database = SharedPostgres.migratedDatabase();
  private final Chores one = new Chores(database);
  private final Chores other = new Chores(database);

  @AfterEach
  void stop() {
    one.stop();
    other.stop();
  }

  @Test
  void aChoreOfManyNodesIsDoneByOneOfThem() throws Exception {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(4);
    for (Chores node : new Chores[] {one, other}) {
      node.every(SELDOM, "sweeping", done::incrementAndGet);
      node.every(Duration.ofSeconds(1), "watching", () -> signalWhenSwept(done, both));
    }
    one.begin(new DatabaseReady());
    other.begin(new DatabaseReady());

    assertThat(both.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(done).hasValue(1);
    assertThat(one.states()).extracting(Chores.State::name).containsExactly("sweeping", "watching");
    assertThat(other.states().getFirst().lastSuccess()).isPresent();
  }

  @Test
  void aChoreWhoseNodeFellSilentInTheMiddleIsDoneByAnother() throws Exception {
    CountDownLatch takenOver = new CountDownLatch(1);
    other.every(SELDOM, "sweeping", takenOver::countDown);
    execute(
        """
        insert into platform.chores
          (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
        values ('sweeping', 'recurring', now(), true, 'a dead node', now(), 1)
        """);
    other.begin(new DatabaseReady());

    assertThat(takenOver.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFailureIsCountedAndTriedAgain() throws Exception {
    CountDownLatch tries = new CountDownLatch(3);
    one.every(
        Duration.ofMillis(100),
        "failing",
        () -> {
          tries.countDown();
          throw new IllegalStateException("on purpose");
        });
    one.begin(new DatabaseReady());

    assertThat(tries.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(one.states().getFirst().failures()).isGreaterThanOrEqualTo(2);
    assertThat(one.states().getFirst().lastFailure()).isPresent();
  }

  private static void signalWhenSwept(AtomicInteger done, CountDownLatch signal) {
    if (done.get() > 0) {
      signal.countDown();
    }
  }

  private void execute(String sql) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }
}
