package io.nettrace.signal;

import io.nettrace.metric.Protocol;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventQuery;
import io.nettrace.route.EventRange;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The deviations in the record. */
@Service
public class Deviations {
  static final EventQuery EVENTS =
      new EventQuery(
          """
          opened_at, target_id, vantage_point, target_host, simulated, method,
          host(address) as address, kind, closed_at, closing, rtt_baseline, rtt_spread,
          rtt_seen, loss_baseline, loss_seen, effect_size, past_bursts, deviating, judged,\
          """
              + EventQuery.KNOWN_AT,
          "catalog.deviations",
          "opened_at",
          "target_id || '|' || vantage_point || '|' || method || '|' || host(address) || '|'"
              + " || kind");

  private final Database database;

  @Inject
  public Deviations(Database database) {
    this.database = database;
  }

  /**
   * At most {@code limit} that opened in the range, the oldest first, after {@code position}. They
   * are looked for in the catalogue's record alone, so that a tenant's own has none.
   */
  public List<Deviation> list(EventRange range, Optional<EventPosition> position, int limit) {
    if (range.whose() instanceof RecordOf.Own) {
      return List.of();
    }
    return database.run(
        connection ->
            EVENTS.oldestFirst(range, position, limit).all(connection, Deviations::deviation));
  }

  static Deviation deviation(ResultSet row) throws SQLException {
    return new Deviation(
        row.getString("target_id"),
        row.getString("target_host"),
        new VantagePoint(row.getString("vantage_point"), row.getBoolean("simulated")),
        Columns.constant(row, "method", Protocol.class),
        InetAddress.ofLiteral(row.getString("address")),
        Columns.constant(row, "kind", Deviation.Kind.class),
        Columns.time(row, "opened_at"),
        Columns.time(row, "known_at"),
        Columns.optionalTime(row, "closed_at"),
        Columns.optionalText(row, "closing").map(Deviation.Closing::valueOf),
        Columns.number(row, "rtt_baseline"),
        Columns.number(row, "rtt_spread"),
        Columns.number(row, "rtt_seen"),
        ratio(row, "loss_baseline"),
        ratio(row, "loss_seen"),
        row.getDouble("effect_size"),
        new Deviation.Evidence(
            row.getInt("past_bursts"), row.getInt("deviating"), row.getInt("judged")),
        new EventPosition(Columns.time(row, "opened_at"), row.getString("position_key")));
  }

  private static OptionalDouble ratio(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
