package io.nettrace.lab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens by itself, in order of time, over and over when {@code repeat} is given. */
public record Programme(List<ScheduledEvent> events, Optional<Duration> repeat) {
  public static final Programme NOTHING = new Programme(List.of(), Optional.empty());

  public Programme {
    events = List.copyOf(events);
  }
}
