package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.Columns;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Samples made of measurements, and of rows that name their columns as the tables do. Times are
 * held in microseconds, as the tables hold them, so that memory and record say the same.
 */
final class Samples {
  static final String TRACE_COLUMNS =
      "observed_at, method, mode, host(address) as address, trace_end, total_rtt, hop_count,"
          + " first_hop_rtt, last_hop_rtt, route_hash";

  /** Tells traces of one moment apart. */
  static final String TRACE_KEY = "(method || '|' || host(address)) collate \"C\"";

  private Samples() {}

  static BurstSample of(Burst burst) {
    return new BurstSample(
        burst.startedAt().truncatedTo(ChronoUnit.MICROS),
        burst.protocol(),
        burst.mode(),
        burst.address(),
        burst.sent(),
        burst.received(),
        burst.sendFailures(),
        burst.delays(),
        burst.losses());
  }

  static TraceSample of(Trace trace, Optional<String> routeHash) {
    return new TraceSample(
        trace.startedAt().truncatedTo(ChronoUnit.MICROS),
        trace.protocol(),
        trace.mode(),
        trace.address(),
        trace.end(),
        trace.totalRttNanos(),
        trace.hopCount(),
        trace.firstHopRttNanos(),
        trace.lastHopRttNanos(),
        routeHash);
  }

  static TraceSample trace(ResultSet row) throws SQLException {
    return new TraceSample(
        Columns.time(row, "observed_at"),
        Columns.constant(row, "method", Protocol.class),
        Columns.constant(row, "mode", ProbeMode.class),
        InetAddress.ofLiteral(row.getString("address")),
        Columns.constant(row, "trace_end", TraceEnd.class),
        Columns.number(row, "total_rtt"),
        row.getInt("hop_count"),
        Columns.number(row, "first_hop_rtt"),
        Columns.number(row, "last_hop_rtt"),
        Columns.optionalText(row, "route_hash"));
  }

  /** The row, which also has {@code known_at} and {@code position_key}. */
  static RecordedTrace recordedTrace(ResultSet row) throws SQLException {
    TraceSample trace = trace(row);
    Instant knownAt = Columns.time(row, "known_at");
    return new RecordedTrace(
        trace,
        knownAt,
        KnownPosition.of(knownAt, trace.observedAt(), row.getString("position_key")));
  }
}
