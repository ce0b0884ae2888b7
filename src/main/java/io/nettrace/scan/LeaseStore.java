package io.nettrace.scan;

import io.nettrace.platform.Columns;
import io.nettrace.scan.LeaseBook.Holder;
import io.nettrace.scan.LeaseBook.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The lease book's tables. All calls of a vantage point follow one another: {@link #lock} first.
 */
final class LeaseStore {
  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 20))";
  private static final String HOLDERS =
      """
      select instance, grant_number, lease_until, told_sole, sole
      from platform.scanners where vantage_point = ?
      """;
  private static final String SAVE_HOLDER =
      """
      update platform.scanners
      set grant_number = ?, lease_until = ?, told_sole = ?, sole = ? where instance = ?
      """;
  private static final String CUT =
      """
      insert into platform.slices (vantage_point, slice)
      select ?, n from generate_series(0, ?) n on conflict do nothing
      """;
  private static final String SLICES =
      "select instance, leaving, until from platform.slices where vantage_point = ? order by slice";
  private static final String SAVE_SLICE =
      """
      update platform.slices
      set instance = ?, leaving = ?, until = ? where vantage_point = ? and slice = ?
      """;

  private LeaseStore() {}

  /** Waits until nobody else is at this vantage point's leases, and returns the time then. */
  static Instant lock(Connection transaction, String vantagePoint) throws SQLException {
    try (PreparedStatement lock = transaction.prepareStatement(LOCK)) {
      lock.setString(1, vantagePoint);
      lock.execute();
    }
    try (PreparedStatement clock = transaction.prepareStatement("select clock_timestamp()");
        ResultSet row = clock.executeQuery()) {
      row.next();
      return time(row, 1);
    }
  }

  static List<Holder> holders(Connection transaction, String vantagePoint) throws SQLException {
    List<Holder> holders = new ArrayList<>();
    try (PreparedStatement query = transaction.prepareStatement(HOLDERS)) {
      query.setString(1, vantagePoint);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          holders.add(
              new Holder(
                  row.getObject(1, UUID.class),
                  row.getLong(2),
                  time(row, 3),
                  row.getBoolean(4),
                  row.getBoolean(5)));
        }
      }
    }
    return holders;
  }

  static void save(Connection transaction, Holder holder) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(SAVE_HOLDER)) {
      update.setLong(1, holder.number());
      update.setObject(2, Columns.utc(holder.until()));
      update.setBoolean(3, holder.toldSole());
      update.setBoolean(4, holder.sole());
      update.setObject(5, holder.instance());
      update.executeUpdate();
    }
  }

  /** All slices of the vantage point in their order; made when it has none. */
  static List<Slice> slices(Connection transaction, String vantagePoint) throws SQLException {
    List<Slice> slices = read(transaction, vantagePoint);
    if (!slices.isEmpty()) {
      return slices;
    }
    try (PreparedStatement insert = transaction.prepareStatement(CUT)) {
      insert.setString(1, vantagePoint);
      insert.setInt(2, LeaseBook.SLICES - 1);
      insert.executeUpdate();
    }
    return read(transaction, vantagePoint);
  }

  /** Writes what is not as it was. */
  static void save(
      Connection transaction, String vantagePoint, List<Slice> before, List<Slice> after)
      throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(SAVE_SLICE)) {
      boolean changed = false;
      for (int i = 0; i < after.size(); i++) {
        if (!after.get(i).equals(before.get(i))) {
          changed = true;
          update.setObject(1, after.get(i).holder().orElse(null));
          update.setBoolean(2, after.get(i).leaving());
          update.setObject(3, Columns.utc(after.get(i).until()));
          update.setString(4, vantagePoint);
          update.setInt(5, i);
          update.addBatch();
        }
      }
      if (changed) {
        update.executeBatch();
      }
    }
  }

  private static List<Slice> read(Connection transaction, String vantagePoint) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    try (PreparedStatement query = transaction.prepareStatement(SLICES)) {
      query.setString(1, vantagePoint);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          slices.add(
              new Slice(
                  Optional.ofNullable(row.getObject(1, UUID.class)),
                  row.getBoolean(2),
                  time(row, 3)));
        }
      }
    }
    return slices;
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
