package io.nettrace.export;

import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.BurstSample;
import java.io.IOException;
import java.time.Instant;
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
          "pdv_ms");

  private static final int DELAYS = 9;

  /** Takes a burst's values, column by column. */
  interface Sink {
    void time(Instant value) throws IOException;

    void text(String value) throws IOException;

    void flag(boolean value) throws IOException;

    void count(int value) throws IOException;

    void ratio(double value) throws IOException;

    /** A delay; written as milliseconds. */
    void nanos(long value) throws IOException;

    void unknown() throws IOException;
  }

  private BurstColumns() {}

  static void write(BurstSample burst, Source source, Sink sink) throws IOException {
    sink.time(burst.observedAt());
    sink.text(source.host());
    sink.text(source.targetId());
    sink.text(source.vantagePoint());
    sink.flag(source.simulated());
    sink.text(word(burst.method()));
    sink.text(word(burst.mode()));
    sink.text(burst.address().getHostAddress());
    sink.count(burst.sent());
    sink.count(burst.received());
    sink.count(burst.sendFailures());
    if (burst.sent() == 0) {
      sink.unknown();
    } else {
      sink.ratio((burst.sent() - burst.received()) / (double) burst.sent());
    }
    if (burst.delays().isPresent()) {
      delays(burst.delays().get(), sink);
    } else {
      for (int i = 0; i < DELAYS; i++) {
        sink.unknown();
      }
    }
  }

  private static void delays(DelaySummary d, Sink sink) throws IOException {
    sink.nanos(d.minNanos());
    sink.nanos(d.meanNanos());
    sink.nanos(d.p50Nanos());
    sink.nanos(d.p90Nanos());
    sink.nanos(d.p95Nanos());
    sink.nanos(d.p99Nanos());
    sink.nanos(d.maxNanos());
    if (d.ipdvNanos().isPresent()) {
      sink.nanos(d.ipdvNanos().getAsLong());
    } else {
      sink.unknown();
    }
    sink.nanos(d.pdvNanos());
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
