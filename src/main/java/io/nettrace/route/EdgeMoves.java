package io.nettrace.route;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Service;
import io.nettrace.sample.Records;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The moves of hosts from one address to another in the record. */
@Service
public class EdgeMoves {
  private static final EventQuery EVENTS =
      new EventQuery(
          """
          observed_at, target_id, vantage_point, target_host, simulated, kind,
          addresses_before::text[] as before, addresses_after::text[] as after, asn_before,
          asn_after, returned,\
          """
              + EventQuery.KNOWN_AT,
          "edge_moves",
          "observed_at",
          "target_id || '|' || vantage_point");

  private final Records records;

  @Inject
  EdgeMoves(Records records) {
    this.records = records;
  }

  /** At most {@code limit} moves, the oldest first, after {@code position} if there is one. */
  public List<EdgeMove> list(EventRange range, Optional<EventPosition> position, int limit) {
    return records.run(
        range.whose(),
        connection -> EVENTS.oldestFirst(range, position, limit).all(connection, EdgeMoves::move));
  }

  private static EdgeMove move(ResultSet row) throws SQLException {
    return new EdgeMove(
        Columns.time(row, "observed_at"),
        Columns.time(row, "known_at"),
        row.getString("target_id"),
        row.getString("target_host"),
        new VantagePoint(row.getString("vantage_point"), row.getBoolean("simulated")),
        Columns.constant(row, "kind", EdgeMove.Kind.class),
        addresses(Columns.texts(row, "before")),
        addresses(Columns.texts(row, "after")),
        Columns.number(row, "asn_before"),
        Columns.number(row, "asn_after"),
        row.getBoolean("returned"),
        new EventPosition(Columns.time(row, "observed_at"), row.getString("position_key")));
  }

  /** Addresses as {@code inet[]} spells them. */
  static List<InetAddress> addresses(List<String> texts) {
    return texts.stream().map(text -> InetAddress.ofLiteral(text.replaceFirst("/.*", ""))).toList();
  }
}
