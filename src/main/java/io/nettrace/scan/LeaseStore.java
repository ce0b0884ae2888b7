package io.nettrace.scan;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import io.nettrace.scan.LeaseBook.Holder;
import io.nettrace.scan.LeaseBook.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The lease book's tables. All calls of a vantage point follow one another: {@link #lock} first.
 */
final class LeaseStore {
  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtextextended(:vantage_point, 20))");
  private static final Sql HOLDERS =
      Sql.of(
          """
          select instance, grant_number, lease_until, told_sole, sole
          from platform.scanners where vantage_point = :vantage_point
          """);
  private static final Sql SAVE_HOLDER =
      Sql.of(
          """
          update platform.scanners
          set grant_number = :grant_number, lease_until = :lease_until, told_sole = :told_sole,
            sole = :sole
          where vantage_point = :vantage_point and instance = :instance
          """);
  private static final Sql CUT =
      Sql.of(
          """
          insert into platform.slices (vantage_point, slice)
          select :vantage_point, n from generate_series(0, :last) n on conflict do nothing
          """);
  private static final Sql SLICES =
      Sql.of(
          """
          select instance, leaving, until from platform.slices
          where vantage_point = :vantage_point order by slice
          """);
  private static final Sql SAVE_SLICE =
      Sql.of(
          """
          update platform.slices set instance = :instance, leaving = :leaving, until = :until
          where vantage_point = :vantage_point and slice = :slice
          """);

  private LeaseStore() {}

  /** Waits for other transactions that use this vantage point's leases; returns the time then. */
  static Instant lock(Connection transaction, String vantagePoint) throws SQLException {
    boolean _ = LOCK.bind("vantage_point", vantagePoint).any(transaction);
    return Columns.now(transaction);
  }

  static List<Holder> holders(Connection transaction, String vantagePoint) throws SQLException {
    return HOLDERS
        .bind("vantage_point", vantagePoint)
        .all(
            transaction,
            row ->
                new Holder(
                    Columns.uuid(row, "instance"),
                    row.getLong("grant_number"),
                    Columns.time(row, "lease_until"),
                    row.getBoolean("told_sole"),
                    row.getBoolean("sole")));
  }

  static void save(Connection transaction, String vantagePoint, Holder holder) throws SQLException {
    SAVE_HOLDER
        .bind("grant_number", holder.number())
        .bind("lease_until", holder.until())
        .bind("told_sole", holder.toldSole())
        .bind("sole", holder.sole())
        .bind("vantage_point", vantagePoint)
        .bind("instance", holder.instance())
        .update(transaction);
  }

  /** All slices of the vantage point in their order; made when it has none. */
  static List<Slice> slices(Connection transaction, String vantagePoint) throws SQLException {
    List<Slice> slices = read(transaction, vantagePoint);
    if (!slices.isEmpty()) {
      return slices;
    }
    CUT.bind("vantage_point", vantagePoint).bind("last", LeaseBook.SLICES - 1).update(transaction);
    return read(transaction, vantagePoint);
  }

  /** Writes what is not as it was. */
  static void save(
      Connection transaction, String vantagePoint, List<Slice> before, List<Slice> after)
      throws SQLException {
    List<Sql> changed = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      Slice slice = after.get(i);
      if (!slice.equals(before.get(i))) {
        changed.add(
            SAVE_SLICE
                .bind("instance", slice.holder())
                .bind("leaving", slice.leaving())
                .bind("until", slice.until())
                .bind("vantage_point", vantagePoint)
                .bind("slice", i));
      }
    }
    Sql.batch(transaction, changed);
  }

  private static List<Slice> read(Connection transaction, String vantagePoint) throws SQLException {
    return SLICES
        .bind("vantage_point", vantagePoint)
        .all(
            transaction,
            row ->
                new Slice(
                    Columns.optionalUuid(row, "instance"),
                    row.getBoolean("leaving"),
                    Columns.time(row, "until")));
  }
}
