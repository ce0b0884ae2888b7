package io.nettrace.export;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.List;

/** How much may be exported, and how long the files are kept. */
public record ExportConfig(
    Duration keep, long mostBytes, long mostBytesOfTenant, long mostBytesTogether) {
  private static final long MEBIBYTE = 1L << 20;
  private static final Setting<Duration> KEEP =
      Setting.duration(
          "nettrace.export.keep",
          "168h",
          "1m",
          "2160h",
          "How long the files of a finished export can be fetched.");
  private static final Setting<Integer> MOST =
      Setting.integer(
          "nettrace.export.most-mebibytes",
          1024,
          1,
          1_000_000,
          "What one export may come to, in MiB. Its files stand in the database.");
  private static final Setting<Integer> MOST_OF_TENANT =
      Setting.integer(
          "nettrace.export.most-mebibytes-per-tenant",
          2048,
          1,
          1_000_000,
          "What the exports that are kept for one tenant may come to, in MiB.");
  private static final Setting<Integer> MOST_TOGETHER =
      Setting.integer(
          "nettrace.export.most-mebibytes-together",
          8192,
          1,
          10_000_000,
          "What all exports that are kept may come to, in MiB.");
  public static final List<Setting<?>> SETTINGS =
      List.of(KEEP, MOST, MOST_OF_TENANT, MOST_TOGETHER);

  public static ExportConfig from(Settings settings) {
    return new ExportConfig(
        settings.get(KEEP),
        settings.get(MOST) * MEBIBYTE,
        settings.get(MOST_OF_TENANT) * MEBIBYTE,
        settings.get(MOST_TOGETHER) * MEBIBYTE);
  }
}
