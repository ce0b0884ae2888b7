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
import java.util.Optional;
import java.util.UUID;

/** The scanners that spoke lately, whichever node they spoke to. */
@Service
public class Scanners {
  private static final Sql LATELY =
      Sql.of(
          """
          select s.instance, s.vantage_point, s.last_seen, s.sole, v.tenant_id,
            (select count(*) from platform.slices p
              where p.vantage_point = s.vantage_point and p.instance = s.instance) as slices,
            waiting, waiting_bytes, thinned_traces, dropped_traces, dropped_bursts, quarantined,
            unwritten
          from platform.scanners s join platform.vantage_points v on v.name = s.vantage_point
          where s.last_seen > clock_timestamp() - interval '1 day'
          order by s.vantage_point, s.instance
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
   * @param owner the tenant whose vantage point it is; empty for a shared one
   * @param sole it measures its vantage point alone
   * @param slices how many of the targets' slices it holds
   * @param spool what it holds and had to give up since it began
   */
  public record Scanner(
      UUID instance,
      String vantagePoint,
      Optional<UUID> owner,
      Instant lastSeen,
      boolean sole,
      int slices,
      SpoolState spool) {}

  /** Those of shared vantage points and of the reader's own. */
  public List<Scanner> latelyFor(Optional<UUID> tenantId) {
    return lately().stream()
        .filter(one -> one.owner().isEmpty() || one.owner().equals(tenantId))
        .toList();
  }

  /** All, for operators. */
  public List<Scanner> lately() {
    return database.run(connection -> LATELY.all(connection, Scanners::scanner));
  }

  private static Scanner scanner(ResultSet row) throws SQLException {
    return new Scanner(
        Columns.uuid(row, "instance"),
        row.getString("vantage_point"),
        Columns.optionalUuid(row, "tenant_id"),
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
