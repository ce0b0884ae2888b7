package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.TraceEnd;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the record holds of the past, the oldest first. */
@Service
public class History {
  /** Rows that stay in memory while a whole range is streamed. */
  private static final int FETCH_SIZE = 500;

  private static final String RANGE =
      "select "
          + Samples.BURST_COLUMNS
          + " from catalog.burst_metrics"
          + " where target_id = ? and vantage_point = ? and observed_at >= ? and observed_at < ?";
  private static final String AFTER = " and (observed_at, method, host(address)) > (?, ?, ?)";
  private static final String ORDER = " order by observed_at, method, host(address)";

  private static final String NEWEST_HOPS =
      """
      select observed_at, method, mode, host(address) as address, trace_end, route_hash, hops
      from catalog.scan_snapshots
      where target_id = ? and vantage_point = ?
      order by observed_at desc limit 1
      """;

  private final Database database;

  @Inject
  History(Database database) {
    this.database = database;
  }

  /** At most {@code limit} bursts, after {@code position} if there is one. */
  public List<BurstSample> bursts(Selection selection, Optional<Position> position, int limit) {
    return database.run(
        connection -> {
          String sql = RANGE + (position.isPresent() ? AFTER : "") + ORDER + " limit ?";
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            int next = bind(query, selection);
            if (position.isPresent()) {
              next = bind(query, next, position.get());
            }
            query.setInt(next, limit);
            return read(query);
          }
        });
  }

  /** Hands every burst over, holding only a few in memory. */
  public void stream(Selection selection, Consumer<BurstSample> sink) {
    database.transaction(
        tx -> {
          try (PreparedStatement query = tx.prepareStatement(RANGE + ORDER)) {
            bind(query, selection);
            query.setFetchSize(FETCH_SIZE);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                sink.accept(Samples.burst(row));
              }
            }
          }
          return true;
        });
  }

  /** The newest trace that was kept hop by hop. */
  public Optional<HopSnapshot> newestHops(String targetId, String vantagePoint) {
    return database.run(connection -> newestHops(connection, targetId, vantagePoint));
  }

  private static Optional<HopSnapshot> newestHops(
      Connection connection, String targetId, String vantagePoint) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST_HOPS)) {
      query.setString(1, targetId);
      query.setString(2, vantagePoint);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(hops(row)) : Optional.empty();
      }
    }
  }

  private static HopSnapshot hops(ResultSet row) throws SQLException {
    return new HopSnapshot(
        Samples.time(row, "observed_at"),
        Protocol.valueOf(row.getString("method")),
        ProbeMode.valueOf(row.getString("mode")),
        InetAddress.ofLiteral(row.getString("address")),
        TraceEnd.valueOf(row.getString("trace_end")),
        Optional.ofNullable(row.getString("route_hash")),
        HopsJson.read(row.getString("hops")));
  }

  private static List<BurstSample> read(PreparedStatement query) throws SQLException {
    List<BurstSample> bursts = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        bursts.add(Samples.burst(row));
      }
    }
    return bursts;
  }

  private static int bind(PreparedStatement query, Selection selection) throws SQLException {
    query.setString(1, selection.targetId());
    query.setString(2, selection.vantagePoint());
    query.setObject(3, selection.start().atOffset(ZoneOffset.UTC));
    query.setObject(4, selection.end().atOffset(ZoneOffset.UTC));
    return 5;
  }

  private static int bind(PreparedStatement query, int from, Position position)
      throws SQLException {
    query.setObject(from, position.observedAt().atOffset(ZoneOffset.UTC));
    query.setString(from + 1, position.method());
    query.setString(from + 2, position.address());
    return from + 3;
  }
}
