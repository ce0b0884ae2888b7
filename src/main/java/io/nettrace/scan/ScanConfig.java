package io.nettrace.scan;

import io.nettrace.platform.Setting;
import io.nettrace.platform.Settings;
import io.nettrace.scanner.Cadence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How often and how fast to measure, and what to believe of a delivery.
 *
 * @param token opens the scanners' door for every shared vantage point, as in earlier releases
 * @param local the vantage point of the scanner that the launcher starts
 * @param oldestAccepted measurements older than this are refused, and parked ones wait no longer
 * @param parkedBytes how much of one tenant may be parked
 */
public record ScanConfig(
    Optional<String> token,
    Optional<VantagePoint> local,
    Cadence realCadence,
    Cadence labCadence,
    int maxDeliveryBytes,
    Duration oldestAccepted,
    int parkedBytes) {
  private static final Setting<Optional<String>> TOKEN =
      Setting.optionalText(
          "nettrace.scanner.token",
          "at least 16 characters",
          16,
          "One token for scanners of all shared vantage points, as earlier releases had it: what"
              + " presents it may speak for each of them. Unset: each scanner needs the credential"
              + " of its vantage point.");
  private static final Setting<Optional<VantagePoint>> LOCAL =
      new Setting<>(
          "nettrace.scanner.local-vantage-point",
          "",
          "real or lab, a colon, and the vantage point's name",
          "Whose credential the secret in <nettrace.data>/secrets/local-scanner is; the launcher"
              + " sets it to the local scanner's vantage point.",
          ScanConfig::local);
  private static final Setting<Duration> BURST_EVERY =
      Setting.duration(
          "nettrace.scan.burst-every", "60s", "1s", "1h", "Time between two bursts of a target.");
  private static final Setting<Integer> BURST_PACKETS =
      Setting.integer("nettrace.scan.burst-packets", 10, 1, 1000, "Probes of one burst.");
  private static final Setting<Duration> TRACE_EVERY =
      Setting.duration(
          "nettrace.scan.trace-every", "15m", "5s", "24h", "Time between two traces of a target.");
  private static final Setting<Duration> LAB_BURST_EVERY =
      Setting.duration(
          "nettrace.scan.lab.burst-every",
          "10s",
          "1s",
          "1h",
          "The same in the lab, where nobody is disturbed and there should be something to see.");
  private static final Setting<Duration> LAB_TRACE_EVERY =
      Setting.duration(
          "nettrace.scan.lab.trace-every",
          "60s",
          "5s",
          "24h",
          "Time between two traces of a target in the lab.");
  private static final Setting<Integer> PACKETS_PER_SECOND =
      Setting.integer(
          "nettrace.scan.packets-per-second",
          1000,
          1,
          100_000,
          "Bound over everything one scanner sends.");
  private static final Setting<Integer> MAX_DELIVERY_BYTES =
      Setting.integer(
          "nettrace.scan.max-delivery-bytes",
          8 << 20,
          64 << 10,
          256 << 20,
          "Largest delivery that is taken in.");
  private static final Setting<Duration> OLDEST_ACCEPTED =
      Setting.duration(
          "nettrace.scan.oldest-accepted",
          "7d",
          "1h",
          "31d",
          "Measurements older than this are refused; a scanner's spool should not reach further"
              + " back. So long, measurements wait for a tenant's schema that is behind, locked or"
              + " broken.");
  private static final Setting<Integer> PARKED_BYTES =
      Setting.integer(
          "nettrace.scan.parked-bytes",
          64 << 20,
          64 << 10,
          1 << 30,
          "How much of one tenant may wait for its schema, deflated; what comes beyond that is"
              + " lost.");
  public static final List<Setting<?>> SETTINGS =
      List.of(
          TOKEN,
          LOCAL,
          BURST_EVERY,
          BURST_PACKETS,
          TRACE_EVERY,
          LAB_BURST_EVERY,
          LAB_TRACE_EVERY,
          PACKETS_PER_SECOND,
          MAX_DELIVERY_BYTES,
          OLDEST_ACCEPTED,
          PARKED_BYTES);

  public static ScanConfig from(Settings settings) {
    return new ScanConfig(
        settings.get(TOKEN),
        settings.get(LOCAL),
        cadence(settings, BURST_EVERY, TRACE_EVERY),
        cadence(settings, LAB_BURST_EVERY, LAB_TRACE_EVERY),
        settings.get(MAX_DELIVERY_BYTES),
        settings.get(OLDEST_ACCEPTED),
        settings.get(PARKED_BYTES));
  }

  private static Optional<VantagePoint> local(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    String kind = text.substring(0, Math.max(colon, 0));
    String name = text.substring(colon + 1);
    if (!VantagePoint.isName(name) || !(kind.equals("real") || kind.equals("lab"))) {
      throw new IllegalArgumentException("it is not of that form");
    }
    return Optional.of(new VantagePoint(name, kind.equals("lab")));
  }

  Cadence cadence(boolean simulated) {
    return simulated ? labCadence : realCadence;
  }

  private static Cadence cadence(
      Settings settings, Setting<Duration> burstEvery, Setting<Duration> traceEvery) {
    return new Cadence(
        settings.get(burstEvery),
        settings.get(BURST_PACKETS),
        settings.get(traceEvery),
        settings.get(PACKETS_PER_SECOND));
  }
}
