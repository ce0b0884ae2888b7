package io.nettrace.scan;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.SpoolState;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The scanners that spoke lately, whichever node they spoke to. */
@Service
public class Scanners {
  private static final Sql LATELY =
      Sql.of(
          """
          select instance, vantage_point, last_seen, sole,
            (select count(*) from platform.slices where instance = s.instance) as slices,
            waiting, waiting_bytes, thinned_traces, dropped_traces, dropped_bursts, quarantined,
            unwritten
          from platform.scanners s
          where last_seen > clock_timestamp() - interval '1 day'
          order by vantage_point, instance
          limit 1000
          """);

  private final Database database;

  @Inject
  Scanners(Database database) {
    this.database = database;
  }

  /**
   * One scanner.
   *
   * @param instance its installation
   * @param sole it measures its vantage point alone
   * @param slices how many of the targets' slices it holds
   * @param spool what it holds and had to give up since it began
   */
  public record Scanner(
      UUID instance,
      String vantagePoint,
      Instant lastSeen,
      boolean sole,
      int slices,
      SpoolState spool) {}

  public List<Scanner> lately() {
    return database.run(connection -> LATELY.all(connection, Scanners::scanner));
  }

  private static Scanner scanner(ResultSet row) throws SQLException {
    return new Scanner(
        Columns.uuid(row, "instance"),
        row.getString("vantage_point"),
        Columns.time(row, "last_seen"),
        row.getBoolean("sole"),
        row.getInt("slices"),
        new SpoolState(
            row.getInt("waiting"),
            row.getLong("waiting_bytes"),
            row.getLong("thinned_traces"),
            row.getLong("dropped_traces"),
            row.getLong("dropped_bursts"),
            row.getLong("quarantined"),
            row.getInt("unwritten")));
  }
}
