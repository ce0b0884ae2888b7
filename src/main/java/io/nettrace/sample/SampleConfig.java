package io.nettrace.sample;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.List;

/** What is kept hop by hop, and when a measurement counts as old. */
public record SampleConfig(int snapshotEvery, Duration staleAfter) {
  private static final Setting<Integer> SNAPSHOT_EVERY =
      Setting.integer(
          "nettrace.scan.snapshot-every",
          4,
          1,
          1000,
          "Every how many traces of a target one is kept hop by hop.");
  private static final Setting<Duration> STALE_AFTER =
      Setting.duration(
          "nettrace.sample.stale-after",
          "3m",
          "2s",
          "24h",
          "A target whose last burst is older than this is reported as stale.");
  public static final List<Setting<?>> SETTINGS = List.of(SNAPSHOT_EVERY, STALE_AFTER);

  public static SampleConfig from(Settings settings) {
    return new SampleConfig(settings.get(SNAPSHOT_EVERY), settings.get(STALE_AFTER));
  }
}
