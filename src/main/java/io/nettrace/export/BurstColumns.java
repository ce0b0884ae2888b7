package io.nettrace.export;

import io.nettrace.sample.BurstRow;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The columns of a burst in a file, in their order. Delays are milliseconds, exact. */
final class BurstColumns {
  static final List<String> NAMES =
      List.of(
          "observed_at",
          "host",
          "target_id",
          "vantage_point",
          "simulated",
          "method",
          "mode",
          "address",
          "sent",
          "received",
          "send_failures",
          "loss_ratio",
          "rtt_min_ms",
          "rtt_mean_ms",
          "rtt_p50_ms",
          "rtt_p90_ms",
          "rtt_p95_ms",
          "rtt_p99_ms",
          "rtt_max_ms",
          "ipdv_ms",
          "pdv_ms",
          "known_at",
          "revision",
          "losses");

  private static final int DELAYS = 9;

  /** Takes a burst's values, column by column. */
  interface Sink {
    /** Microseconds since 1970-01-01T00:00Z. */
    void time(long micros) throws IOException;

    void text(String value) throws IOException;

    void flag(boolean value) throws IOException;

    void count(int value) throws IOException;

    void ratio(double value) throws IOException;

    /** A delay; written as milliseconds. */
    void nanos(long value) throws IOException;

    void unknown() throws IOException;
  }

  private BurstColumns() {}

  static void write(BurstRow burst, Source source, Sink sink) throws IOException {
    sink.time(burst.observedAtMicros());
    sink.text(burst.host());
    sink.text(source.targetId());
    sink.text(source.vantagePoint());
    sink.flag(burst.simulated());
    sink.text(word(burst.method()));
    sink.text(word(burst.mode()));
    sink.text(burst.address());
    sink.count(burst.sent());
    sink.count(burst.received());
    sink.count(burst.sendFailures());
    if (burst.sent() == 0) {
      sink.unknown();
    } else {
      sink.ratio((burst.sent() - burst.received()) / (double) burst.sent());
    }
    delays(burst, sink);
    sink.time(burst.knownAtMicros());
    sink.count(burst.revision());
    if (burst.losses().isEmpty()) {
      sink.unknown();
    } else {
      sink.text(burst.losses());
    }
  }

  private static void delays(BurstRow burst, Sink sink) throws IOException {
    if (burst.received() == 0) {
      for (int i = 0; i < DELAYS; i++) {
        sink.unknown();
      }
      return;
    }
    sink.nanos(burst.minNanos());
    sink.nanos(burst.meanNanos());
    sink.nanos(burst.p50Nanos());
    sink.nanos(burst.p90Nanos());
    sink.nanos(burst.p95Nanos());
    sink.nanos(burst.p99Nanos());
    sink.nanos(burst.maxNanos());
    if (burst.ipdvNanos() == BurstRow.NO_IPDV) {
      sink.unknown();
    } else {
      sink.nanos(burst.ipdvNanos());
    }
    sink.nanos(burst.pdvNanos());
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
