package io.nettrace.sample;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.scan.VantagePoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads from the record what a snapshot needs after a restart. */
final class LatestQueries {
  /** What was not measured for longer is unknown. */
  private static final Duration REACH = Duration.ofDays(7);

  private static final Duration WINDOW = Duration.ofHours(1);

  private static final Sql NEWEST_TRACES =
      Sql.of(
          """
          select distinct on (target_id, vantage_point) target_id, vantage_point, simulated, %s
          from scan_metrics where observed_at > :since
          order by target_id, vantage_point, observed_at desc
          """
              .formatted(Samples.TRACE_COLUMNS));

  private static final Sql NEWEST_ANSWERS =
      Sql.of(
          """
          select distinct on (target_id, vantage_point) target_id, vantage_point, simulated,
            observed_at, failure
          from answer_sets where observed_at > :since
          order by target_id, vantage_point, observed_at desc
          """);

  private final Instant now;

  LatestQueries(Instant now) {
    this.now = now;
  }

  void bursts(Connection connection, BiConsumer<StandingKey, BurstSample> sink)
      throws SQLException {
    Map<StandingKey, BurstSample> newest = new HashMap<>();
    NewestBursts.each(
        connection,
        now.minus(REACH),
        (series, row) ->
            newest.merge(
                key(series),
                row.sample(),
                (a, b) -> b.observedAt().isAfter(a.observedAt()) ? b : a));
    newest.forEach(sink);
  }

  void traces(Connection connection, BiConsumer<StandingKey, TraceSample> sink)
      throws SQLException {
    NEWEST_TRACES
        .bind("since", now.minus(REACH))
        .each(connection, row -> sink.accept(key(row), Samples.trace(row)));
  }

  void window(Connection connection, BiConsumer<StandingKey, DelayWindow> sink)
      throws SQLException {
    Map<StandingKey, DelayWindow> windows = new HashMap<>();
    NewestBursts.since(
        connection,
        now.minus(WINDOW),
        (series, row) ->
            windows
                .computeIfAbsent(key(series), _ -> new DelayWindow())
                .add(row.sample().observedAt(), row.sent(), row.received(), row.delaysNanos()));
    windows.forEach(sink);
  }

  /** Targets whose name could not be resolved when it was last asked for, since when and why. */
  void unresolved(Connection connection, BiConsumer<StandingKey, Standing.Unresolved> sink)
      throws SQLException {
    NEWEST_ANSWERS
        .bind("since", now.minus(REACH))
        .each(
            connection,
            row -> {
              String failure = row.getString("failure");
              if (failure != null) {
                sink.accept(
                    key(row), new Standing.Unresolved(Columns.time(row, "observed_at"), failure));
              }
            });
  }

  private static StandingKey key(SeriesKey series) {
    return new StandingKey(
        series.targetId(), new VantagePoint(series.vantagePoint(), series.simulated()));
  }

  private static StandingKey key(ResultSet row) throws SQLException {
    return new StandingKey(
        row.getString("target_id"),
        new VantagePoint(row.getString("vantage_point"), row.getBoolean("simulated")));
  }
}
