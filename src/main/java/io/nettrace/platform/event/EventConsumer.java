package io.nettrace.platform.event;

import io.nettrace.platform.Tx;
import java.sql.SQLException;

/** Takes in one event after the other. */
@FunctionalInterface
public interface EventConsumer {
  /**
   * Takes in one event; called again, later, when it throws.
   *
   * @param tx of the database that the event was kept in; that the event was taken in is written
   *     with it, so what is changed by {@code tx} is changed once
   */
  void take(Tx tx, KeptEvent event) throws SQLException;
}
