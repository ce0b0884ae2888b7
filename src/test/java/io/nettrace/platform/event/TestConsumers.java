package io.nettrace.platform.event;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DomainEvent;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Consumers of one database as a node has them, for tests of what consumes. */
public final class TestConsumers implements AutoCloseable {
  private static final Actor TEST = new Actor.System("test");
  private static final Sql UNTAKEN =
      Sql.of(
          """
          select from events.events e join events.consumers c on (e.xid, e.seq) > (c.xid, c.seq)
          """);

  private final Database database;
  private final EventConsumers consumers;

  public TestConsumers(Database database) {
    this.database = database;
    this.consumers =
        new EventConsumers(
            database,
            new Signals(database),
            new Chores(database),
            new EventConfig(Duration.ofDays(1), Duration.ofMillis(1)),
            Clock.systemUTC());
  }

  public EventConsumers consumers() {
    return consumers;
  }

  public void start() {
    consumers.start();
  }

  public void publish(DomainEvent event) {
    boolean _ =
        database.transaction(
            tx -> {
              tx.publish(TEST, event);
              return true;
            });
  }

  /** Returns when every consumer has taken in all that is published. */
  public void awaitTaken() throws InterruptedException {
    while (database.run(UNTAKEN::any)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    consumers.stop();
  }
}
