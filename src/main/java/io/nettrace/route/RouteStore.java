package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scanner.MeasuredTrace;
import java.net.InetAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The tracker's states and findings in their tables. */
final class RouteStore {
  private static final String LOAD =
      """
      select target_id, method, host(address), state from current_routes
      where vantage_point = ? and target_id = any (?)
      """;

  private static final String SAVE =
      """
      insert into current_routes
        (target_id, vantage_point, method, address, traced_at, state)
      values (?, ?, ?, ?::inet, ?, ?::jsonb)
      on conflict (target_id, vantage_point, method, address)
      do update set traced_at = excluded.traced_at, state = excluded.state
      """;

  private static final String CHANGE =
      """
      insert into route_changes
        (observed_at, target_id, vantage_point, target_host, simulated, method, mode, address,
         known_at, confirmed_at, kind, hash_before, hash_after, path_before, path_after,
         rtt_before, rtt_after, as_path_before, as_path_after)
      values (?, ?, ?, ?, ?, ?, ?, ?::inet, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)
      on conflict do nothing
      """;

  private RouteStore() {}

  /** What is known of the routes to the targets that a scan traced. */
  static Map<RouteKey, RouteState> load(Connection transaction, AcceptedScan scan)
      throws SQLException {
    Map<RouteKey, RouteState> states = new HashMap<>();
    if (scan.traces().isEmpty()) {
      return states;
    }
    try (PreparedStatement query = transaction.prepareStatement(LOAD)) {
      query.setString(1, scan.vantagePoint().name());
      query.setArray(2, transaction.createArrayOf("text", targets(scan)));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          RouteKey key =
              new RouteKey(
                  scan.vantagePoint().name(),
                  row.getString(1),
                  Protocol.valueOf(row.getString(2)),
                  InetAddress.ofLiteral(row.getString(3)));
          states.put(key, RouteStateJson.read(row.getString(4)));
        }
      }
    }
    return states;
  }

  private static Object[] targets(AcceptedScan scan) {
    return scan.traces().stream().map(MeasuredTrace::targetId).distinct().toArray();
  }

  static void save(Connection transaction, Map<RouteKey, RouteState> states) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(SAVE)) {
      for (Map.Entry<RouteKey, RouteState> entry : states.entrySet()) {
        RouteKey key = entry.getKey();
        insert.setString(1, key.targetId());
        insert.setString(2, key.vantagePoint());
        insert.setString(3, key.method().name());
        insert.setString(4, key.address().getHostAddress());
        insert.setObject(5, Columns.utc(entry.getValue().tracedAt()));
        insert.setString(6, RouteStateJson.write(entry.getValue()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static void add(
      Connection transaction,
      AcceptedScan scan,
      MeasuredTrace measured,
      RouteChange change,
      Origins origins)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(CHANGE)) {
      insert.setObject(1, Columns.utc(change.observedAt()));
      insert.setString(2, measured.targetId());
      insert.setString(3, scan.vantagePoint().name());
      insert.setString(4, measured.host());
      insert.setBoolean(5, scan.vantagePoint().simulated());
      insert.setString(6, measured.trace().protocol().name());
      insert.setString(7, measured.trace().mode().name());
      insert.setString(8, measured.trace().address().getHostAddress());
      insert.setObject(9, Columns.utc(scan.knownAt()));
      insert.setObject(10, Columns.utc(change.confirmedAt()));
      insert.setString(11, change.kind().name());
      insert.setString(12, change.before().hash());
      insert.setString(13, change.after().hash());
      insert.setString(14, RouteStateJson.hops(change.before().path()));
      insert.setString(15, RouteStateJson.hops(change.after().path()));
      setNanos(insert, 16, change.rttNanosBefore());
      setNanos(insert, 17, change.rttNanosAfter());
      insert.setArray(18, asPath(transaction, change.before(), origins));
      insert.setArray(19, asPath(transaction, change.after(), origins));
      insert.executeUpdate();
    }
  }

  private static Array asPath(Connection transaction, Route route, Origins origins)
      throws SQLException {
    return transaction.createArrayOf("bigint", ChangeKind.systems(route.path(), origins).toArray());
  }

  private static void setNanos(PreparedStatement statement, int index, OptionalLong nanos)
      throws SQLException {
    if (nanos.isPresent()) {
      statement.setLong(index, nanos.getAsLong());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }
}
