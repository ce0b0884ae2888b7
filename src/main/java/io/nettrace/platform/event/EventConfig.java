package io.nettrace.platform.event;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long events are kept, and how they are tried again.
 *
 * @param firstPause after the first failure of a consumer; twice as long after each further one
 */
public record EventConfig(Duration retention, Duration firstPause) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Setting<Integer> RETENTION_DAYS =
      Setting.integer(
          "nettrace.events.retention-days",
          35,
          1,
          3_650,
          "So many days events are kept (those of single scans one), and those that a consumer gave"
              + " up; longer while a consumer has not taken them in.");
  public static final List<Setting<?>> SETTINGS = List.of(RETENTION_DAYS);

  public static EventConfig from(Settings settings) {
    return new EventConfig(Duration.ofDays(settings.get(RETENTION_DAYS)), FIRST_PAUSE);
  }
}
