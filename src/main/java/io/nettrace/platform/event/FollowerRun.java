package io.nettrace.platform.event;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Brings one follower of this node forward in one database. */
final class FollowerRun {
  private static final Logger LOG = System.getLogger(FollowerRun.class.getName());
  private static final int AT_ONCE = 100;
  private static final int MOST_ATTEMPTS = 3;

  private final EventTypes types;
  private final EventFollower follower;
  private final Database database;
  private Cursor cursor;
  private int failures;

  /** From now on. */
  FollowerRun(EventTypes types, EventFollower follower, Database database) {
    this.types = types;
    this.follower = follower;
    this.database = database;
    this.cursor = database.run(EventReader::end);
  }

  /** True when there may be more. */
  boolean step() {
    EventReader.Next next =
        database.run(connection -> EventReader.next(connection, cursor, types, AT_ONCE));
    if (!next.events().isEmpty()) {
      take(next.events().stream().map(EventReader.AtCursor::event).toList());
    }
    cursor = next.end();
    return next.events().size() == AT_ONCE;
  }

  /** What cannot be taken in does not hold up what comes later. */
  private void take(List<KeptEvent> events) {
    try {
      follower.take(events);
      failures = 0;
    } catch (DatabaseException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      failures++;
      if (failures < MOST_ATTEMPTS) {
        throw e;
      }
      LOG.log(
          Level.ERROR,
          "events %d to %d are passed over, and everything is read again"
              .formatted(events.getFirst().seq(), events.getLast().seq()),
          e);
      follower.restart();
      failures = 0;
    }
  }
}
