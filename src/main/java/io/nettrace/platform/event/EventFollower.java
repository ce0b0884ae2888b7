package io.nettrace.platform.event;

import java.util.List;

/** Keeps what one node holds in memory up to date. */
public interface EventFollower {
  /** Events in their order; they come again when it throws. */
  void take(List<KeptEvent> events);

  /** Reads everything again: some events could not be taken in, and are passed over. */
  void restart();
}
