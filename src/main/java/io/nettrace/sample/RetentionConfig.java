package io.nettrace.sample;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long each part of the record is kept. Answer sets and route changes are kept for ever, faults
 * of vantage points as long as single measurements.
 */
public record RetentionConfig(
    Duration bursts, Duration hours, Duration days, Duration traces, Duration snapshots) {

  // bursts come late by 31 days at most, and must find the others of their hour
  private static final String LEAST = "32d";
  private static final String MOST = "36500d";

  // the longest plan reads 730 days
  private static final Setting<Duration> BURSTS =
      Setting.duration(
          "nettrace.sample.keep-bursts", "740d", LEAST, MOST, "How long single bursts are kept.");
  private static final Setting<Duration> HOURS =
      Setting.duration(
          "nettrace.sample.keep-hours",
          "1830d",
          LEAST,
          MOST,
          "How long bursts taken together by the hour are kept.");
  private static final Setting<Duration> DAYS =
      Setting.duration(
          "nettrace.sample.keep-days",
          "3660d",
          LEAST,
          MOST,
          "How long bursts taken together by the day are kept.");
  private static final Setting<Duration> TRACES =
      Setting.duration(
          "nettrace.sample.keep-traces", "740d", LEAST, MOST, "How long traces are kept.");
  private static final Setting<Duration> SNAPSHOTS =
      Setting.duration(
          "nettrace.sample.keep-snapshots",
          "740d",
          LEAST,
          MOST,
          "How long the hops of traces are kept.");
  public static final List<Setting<?>> SETTINGS = List.of(BURSTS, HOURS, DAYS, TRACES, SNAPSHOTS);

  public static RetentionConfig from(Settings settings) {
    return new RetentionConfig(
        settings.get(BURSTS),
        settings.get(HOURS),
        settings.get(DAYS),
        settings.get(TRACES),
        settings.get(SNAPSHOTS));
  }

  /** What single measurements are kept for at most. */
  Duration measurements() {
    return bursts.compareTo(traces) > 0 ? bursts : traces;
  }

  Map<Partitions.Series, Duration> byTable() {
    return Map.of(
        Partitions.Series.BURSTS, bursts,
        Partitions.Series.BURST_HOURS, hours,
        Partitions.Series.BURST_DAYS, days,
        Partitions.Series.SCAN_METRICS, traces,
        Partitions.Series.SCAN_SNAPSHOTS, snapshots);
  }
}
