package io.nettrace.signal;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.route.EventPosition;
import io.nettrace.route.EventQuery;
import io.nettrace.route.EventRange;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.OwnFault;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The faults of vantage points, as events. */
@Service
public class VantageEvents {
  private static final EventQuery EVENTS =
      new EventQuery(
          """
          began_at, vantage_point, kind, ended_at, targets, reason,
          exists (select from platform.vantage_points v
            where v.name = vantage_point and v.simulated) as simulated,\
          """
              + EventQuery.KNOWN_AT,
          "platform.vantage_faults",
          "began_at",
          "vantage_point || '|' || kind || '|' || spool");

  private final Database database;

  @Inject
  public VantageEvents(Database database) {
    this.database = database;
  }

  /**
   * At most {@code limit} that began in the range, the oldest first, after {@code position}. They
   * belong to no target, and are told once, with the catalogue's events.
   */
  public List<VantageEvent> list(EventRange range, Optional<EventPosition> position, int limit) {
    if (range.targetId().isPresent() || range.whose() instanceof RecordOf.Own) {
      return List.of();
    }
    return database.run(
        connection ->
            EVENTS.oldestFirst(range, position, limit).all(connection, VantageEvents::event));
  }

  private static VantageEvent event(ResultSet row) throws SQLException {
    return new VantageEvent(
        new VantagePoint(row.getString("vantage_point"), row.getBoolean("simulated")),
        new OwnFault(
            Columns.constant(row, "kind", OwnFault.Kind.class),
            Columns.time(row, "began_at"),
            Columns.optionalTime(row, "ended_at"),
            row.getInt("targets"),
            row.getString("reason")),
        Columns.time(row, "known_at"),
        new EventPosition(Columns.time(row, "began_at"), row.getString("position_key")));
  }
}
