package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

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
        time(row, "observed_at"),
        Protocol.valueOf(row.getString("method")),
        ProbeMode.valueOf(row.getString("mode")),
        InetAddress.ofLiteral(row.getString("address")),
        TraceEnd.valueOf(row.getString("trace_end")),
        nanos(row, "total_rtt"),
        row.getInt("hop_count"),
        nanos(row, "first_hop_rtt"),
        nanos(row, "last_hop_rtt"),
        Optional.ofNullable(row.getString("route_hash")));
  }

  /** The row, which also has {@code known_at} and {@code position_key}. */
  static RecordedTrace recordedTrace(ResultSet row) throws SQLException {
    TraceSample trace = trace(row);
    Instant knownAt = time(row, "known_at");
    return new RecordedTrace(
        trace,
        knownAt,
        KnownPosition.of(knownAt, trace.observedAt(), row.getString("position_key")));
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static OptionalLong nanos(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
