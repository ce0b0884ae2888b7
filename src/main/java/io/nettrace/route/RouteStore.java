package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scanner.MeasuredTrace;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tracker's states and findings in their tables. */
final class RouteStore {
  private static final Sql LOAD =
      Sql.of(
          """
          select target_id, method, host(address) as address, state from current_routes
          where vantage_point = :vantage_point and target_id = any (:target_ids)
          """);

  private static final Sql SAVE =
      Sql.of(
          """
          insert into current_routes
            (target_id, vantage_point, method, address, traced_at, state)
          values (:target_id, :vantage_point, :method, :address::inet, :traced_at, :state::jsonb)
          on conflict (target_id, vantage_point, method, address)
          do update set traced_at = excluded.traced_at, state = excluded.state
          """);

  private static final Sql CHANGE =
      Sql.of(
          """
          insert into route_changes
            (observed_at, target_id, vantage_point, target_host, simulated, method, mode, address,
             known_at, confirmed_at, kind, hash_before, hash_after, path_before, path_after,
             rtt_before, rtt_after, as_path_before, as_path_after)
          values (:observed_at, :target_id, :vantage_point, :target_host, :simulated, :method,
            :mode, :address::inet, :known_at, :confirmed_at, :kind, :hash_before, :hash_after,
            :path_before::jsonb, :path_after::jsonb, :rtt_before, :rtt_after, :as_path_before,
            :as_path_after)
          on conflict do nothing
          """);

  private RouteStore() {}

  /** What is known of the routes to the targets that a scan traced. */
  static Map<RouteKey, RouteState> load(Connection transaction, AcceptedScan scan)
      throws SQLException {
    Map<RouteKey, RouteState> states = new HashMap<>();
    if (scan.traces().isEmpty()) {
      return states;
    }
    LOAD.bind("vantage_point", scan.vantagePoint().name())
        .bindArray("target_ids", "text", targets(scan))
        .all(
            transaction,
            row -> Map.entry(key(scan, row), RouteStateJson.read(row.getString("state"))))
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    return states;
  }

  private static RouteKey key(AcceptedScan scan, ResultSet row) throws SQLException {
    return new RouteKey(
        scan.vantagePoint().name(),
        row.getString("target_id"),
        Columns.constant(row, "method", Protocol.class),
        InetAddress.ofLiteral(row.getString("address")));
  }

  private static List<String> targets(AcceptedScan scan) {
    return scan.traces().stream().map(MeasuredTrace::targetId).distinct().toList();
  }

  static void save(Connection transaction, Map<RouteKey, RouteState> states) throws SQLException {
    Sql.batch(
        transaction,
        states.entrySet().stream().map(entry -> save(entry.getKey(), entry.getValue())).toList());
  }

  private static Sql save(RouteKey key, RouteState state) {
    return SAVE.bind("target_id", key.targetId())
        .bind("vantage_point", key.vantagePoint())
        .bind("method", key.method())
        .bind("address", key.address().getHostAddress())
        .bind("traced_at", state.tracedAt())
        .bind("state", RouteStateJson.write(state));
  }

  /** The statement that records a change. */
  static Sql change(
      AcceptedScan scan, MeasuredTrace measured, RouteChange change, Origins origins) {
    return CHANGE
        .bind("observed_at", change.observedAt())
        .bind("target_id", measured.targetId())
        .bind("vantage_point", scan.vantagePoint().name())
        .bind("target_host", measured.host())
        .bind("simulated", scan.vantagePoint().simulated())
        .bind("method", measured.trace().protocol())
        .bind("mode", measured.trace().mode())
        .bind("address", measured.trace().address().getHostAddress())
        .bind("known_at", scan.knownAt())
        .bind("confirmed_at", change.confirmedAt())
        .bind("kind", change.kind())
        .bind("hash_before", change.before().hash())
        .bind("hash_after", change.after().hash())
        .bind("path_before", RouteStateJson.hops(change.before().path()))
        .bind("path_after", RouteStateJson.hops(change.after().path()))
        .bind("rtt_before", change.rttNanosBefore())
        .bind("rtt_after", change.rttNanosAfter())
        .bindArray("as_path_before", "bigint", systems(change.before(), origins))
        .bindArray("as_path_after", "bigint", systems(change.after(), origins));
  }

  private static List<Long> systems(Route route, Origins origins) {
    return ChangeKind.systems(route.path(), origins);
  }
}
