package io.nettrace.sample;

import io.nettrace.metric.DelayHistogram;
import io.nettrace.scan.VantagePoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads from the record what a snapshot needs after a restart. */
final class LatestQueries {
  /** What was not measured for longer is unknown. */
  private static final Duration REACH = Duration.ofDays(7);

  private static final Duration WINDOW = Duration.ofHours(1);

  private static final String NEWEST =
      """
      select distinct on (target_id, vantage_point) target_id, vantage_point, simulated, %s
      from %s where observed_at > ?
      order by target_id, vantage_point, observed_at desc
      """;
  private static final String HOUR =
      """
      select target_id, vantage_point, simulated, observed_at, sent, received, histogram
      from catalog.burst_metrics where observed_at > ?
      """;

  private final Instant now;

  LatestQueries(Instant now) {
    this.now = now;
  }

  void bursts(Connection connection, BiConsumer<StandingKey, BurstSample> sink)
      throws SQLException {
    String sql = NEWEST.formatted(Samples.BURST_COLUMNS, "catalog.burst_metrics");
    try (PreparedStatement query = since(connection, sql, REACH);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        sink.accept(key(row), Samples.burst(row));
      }
    }
  }

  void traces(Connection connection, BiConsumer<StandingKey, TraceSample> sink)
      throws SQLException {
    String sql = NEWEST.formatted(Samples.TRACE_COLUMNS, "catalog.scan_metrics");
    try (PreparedStatement query = since(connection, sql, REACH);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        sink.accept(key(row), Samples.trace(row));
      }
    }
  }

  void window(Connection connection, BiConsumer<StandingKey, DelayWindow> sink)
      throws SQLException {
    Map<StandingKey, DelayWindow> windows = new HashMap<>();
    try (PreparedStatement query = since(connection, HOUR, WINDOW);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        byte @Nullable [] histogram = row.getBytes("histogram");
        windows
            .computeIfAbsent(key(row), _ -> new DelayWindow())
            .add(
                Samples.time(row, "observed_at"),
                row.getInt("sent"),
                row.getInt("received"),
                histogram == null ? new long[0] : DelayHistogram.decode(histogram).delaysNanos());
      }
    }
    windows.forEach(sink);
  }

  private PreparedStatement since(Connection connection, String sql, Duration reach)
      throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setObject(1, now.minus(reach).atOffset(ZoneOffset.UTC));
    return query;
  }

  private static StandingKey key(ResultSet row) throws SQLException {
    return new StandingKey(
        row.getString("target_id"),
        new VantagePoint(row.getString("vantage_point"), row.getBoolean("simulated")));
  }
}
