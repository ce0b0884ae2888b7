package io.nettrace.scan;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.scanner.Lease;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Targets that somebody wants traced at once. Whichever node was asked, they travel in the next
 * answer to the scanner that measures them.
 */
@Service
public class TraceRequests {
  private static final Logger LOG = System.getLogger(TraceRequests.class.getName());
  private static final int MOST_PER_VANTAGE_POINT = 1000;
  private static final String ASK =
      """
      insert into platform.trace_requests (vantage_point, target_id, slice, asked_at)
      select ?, ?, ?, clock_timestamp()
      where (select count(*) from platform.trace_requests where vantage_point = ?) < ?
      on conflict do nothing
      """;
  private static final String TAKE =
      """
      delete from platform.trace_requests r using platform.scanners c, platform.slices s
      where c.spool = ? and c.vantage_point = ? and r.vantage_point = c.vantage_point
        and s.vantage_point = c.vantage_point and s.slice = r.slice and s.instance = c.instance
      returning r.target_id
      """;
  private static final String FORGET =
      "delete from platform.trace_requests where asked_at < clock_timestamp() - interval '1 hour'";

  private final Database database;

  @Inject
  TraceRequests(Database database) {
    this.database = database;
  }

  /**
   * Asking twice before the scanner was told asks once; beyond the bound nothing is asked, nor
   * while the database is away.
   */
  public void ask(String vantagePoint, String targetId) {
    try {
      database.run(connection -> insert(connection, vantagePoint, targetId));
    } catch (DatabaseException e) {
      LOG.log(Level.INFO, "no trace of {0} is asked for: {1}", targetId, e.getMessage());
    }
  }

  /** What the scanner of this run is to trace; asked for no longer. */
  static List<String> take(Connection connection, String vantagePoint, UUID spool)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(TAKE)) {
      delete.setObject(1, spool);
      delete.setString(2, vantagePoint);
      List<String> taken = new ArrayList<>();
      try (ResultSet row = delete.executeQuery()) {
        while (row.next()) {
          taken.add(row.getString(1));
        }
      }
      return taken;
    }
  }

  /** Those that nobody took. */
  void forget() {
    database.run(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            return delete.executeUpdate();
          }
        });
  }

  private static int insert(Connection connection, String vantagePoint, String targetId)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ASK)) {
      insert.setString(1, vantagePoint);
      insert.setString(2, targetId);
      insert.setInt(3, Lease.slice(targetId, LeaseBook.SLICES));
      insert.setString(4, vantagePoint);
      insert.setInt(5, MOST_PER_VANTAGE_POINT);
      return insert.executeUpdate();
    }
  }
}
