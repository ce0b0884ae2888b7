package io.nettrace.scan;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.scanner.Lease;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Targets to be traced at once. Whichever node was asked, they travel in the next answer to the
 * scanner that measures them.
 */
@Service
public class TraceRequests {
  private static final Logger LOG = System.getLogger(TraceRequests.class.getName());
  private static final int MOST_PER_VANTAGE_POINT = 1000;
  private static final Sql ASK =
      Sql.of(
          """
          insert into platform.trace_requests (vantage_point, target_id, slice, asked_at)
          select :vantage_point, asked.target_id, asked.slice, clock_timestamp()
          from unnest(:target_ids::text[], :slices::smallint[]) as asked (target_id, slice)
          order by asked.target_id
          limit greatest(0, :most - (select count(*) from platform.trace_requests
            where vantage_point = :vantage_point))
          on conflict do nothing
          """);
  private static final Sql TAKE =
      Sql.of(
          """
          delete from platform.trace_requests r using platform.scanners c, platform.slices s
          where c.spool = :spool and c.vantage_point = :vantage_point
            and r.vantage_point = c.vantage_point and s.vantage_point = c.vantage_point
            and s.slice = r.slice and s.instance = c.instance
          returning r.target_id
          """);
  private static final Sql FORGET =
      Sql.of(
          """
          delete from platform.trace_requests
          where asked_at < clock_timestamp() - interval '1 hour'
          """);

  private final Database database;

  @Inject
  TraceRequests(Database database) {
    this.database = database;
  }

  /**
   * Asking twice before the scanner was told asks once; beyond the bound nothing is asked, nor
   * while the database is away.
   */
  public void ask(String vantagePoint, Collection<String> targetIds) {
    if (targetIds.isEmpty()) {
      return;
    }
    try {
      database.run(connection -> insert(connection, vantagePoint, targetIds));
    } catch (DatabaseException e) {
      LOG.log(Level.INFO, "no trace of {0} is asked for: {1}", targetIds, e.getMessage());
    }
  }

  /** What the scanner of this run is to trace; asked for no longer. */
  static List<String> take(Connection connection, String vantagePoint, UUID spool)
      throws SQLException {
    return TAKE.bind("spool", spool)
        .bind("vantage_point", vantagePoint)
        .all(connection, row -> row.getString("target_id"));
  }

  /** Forgets requests that no scanner took. */
  void forget() {
    database.run(FORGET::update);
  }

  private static int insert(
      Connection connection, String vantagePoint, Collection<String> targetIds)
      throws SQLException {
    return ASK.bind("vantage_point", vantagePoint)
        .bindArray("target_ids", "text", targetIds)
        .bindArray(
            "slices",
            "integer",
            targetIds.stream().map(id -> Lease.slice(id, LeaseBook.SLICES)).toList())
        .bind("most", MOST_PER_VANTAGE_POINT)
        .update(connection);
  }
}
