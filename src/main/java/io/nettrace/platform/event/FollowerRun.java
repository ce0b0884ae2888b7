package io.nettrace.platform.event;

import io.nettrace.platform.Database;
import java.util.List;
import java.util.function.Consumer;

/** Brings one follower of this node forward in one database. */
final class FollowerRun {
  private static final int AT_ONCE = 500;

  private final EventTypes types;
  private final Consumer<List<KeptEvent>> follower;
  private final Database database;
  private Position position;

  /** From now on. */
  FollowerRun(EventTypes types, Consumer<List<KeptEvent>> follower, Database database) {
    this.types = types;
    this.follower = follower;
    this.database = database;
    this.position = database.run(EventReader::end);
  }

  /** True when there may be more. */
  boolean step() {
    EventReader.Next next =
        database.run(connection -> EventReader.next(connection, position, types, AT_ONCE));
    if (!next.events().isEmpty()) {
      follower.accept(next.events().stream().map(EventReader.Placed::event).toList());
    }
    position = next.end();
    return next.events().size() == AT_ONCE;
  }
}
