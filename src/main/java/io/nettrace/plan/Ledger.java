package io.nettrace.plan;

import io.nettrace.plan.UsageReport.Entry;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The tables platform.usage_days and platform.quota_notices. */
final class Ledger {
  // near the end of the quota slices shrink to the node's part of half the rest, so that no node
  // holds what another could use
  private static final String SIZE =
      """
      least(greatest(w.quota - granted, 0),
        greatest(1, least(w.wanted, (w.quota - granted) / w.parts)))
      """;

  // one statement: what is granted is never more than the quota
  private static final Sql LEASE =
      Sql.of(
          "update platform.usage_days set last_grant = "
              + SIZE
              + ", granted = granted + "
              + SIZE
              + " from (values (:quota::bigint, :wanted::bigint, :parts::bigint)) as w (quota,"
              + " wanted, parts) where tenant_id = :tenant_id and day = :day returning last_grant,"
              + " used");
  private static final Sql OPEN =
      Sql.of(
          "insert into platform.usage_days (tenant_id, day) values (:tenant_id, :day) on conflict"
              + " do nothing");

  /** Does nothing when the report was booked before. */
  private static final Sql NUMBER =
      Sql.of(
          """
          insert into platform.nodes as known (node, report) values (:node, :report)
          on conflict (node) do update set last_seen = clock_timestamp(), report = excluded.report
          where known.report < excluded.report
          """);

  // in the order of the key, so that nodes that report at the same time do not block each other
  private static final Sql BOOK =
      Sql.of(
          """
          insert into platform.usage_days as known (tenant_id, day, granted, used, refused)
          select tenant_id, day, -returned, used, refused
          from unnest(:tenants::uuid[], :days::date[], :returned::bigint[], :used::bigint[],
            :refused::bigint[])
            as r (tenant_id, day, returned, used, refused)
          order by tenant_id, day
          on conflict (tenant_id, day) do update set granted = known.granted + excluded.granted,
            used = known.used + excluded.used, refused = known.refused + excluded.refused
          returning tenant_id, day, used
          """);
  private static final Sql NOTICE =
      Sql.of(
          """
          insert into platform.quota_notices (tenant_id, day, percent, used, quota)
          select * from unnest(:tenants::uuid[], :days::date[], :percents::smallint[],
            :used::bigint[], :quotas::bigint[])
          order by 1, 2, 3
          on conflict do nothing
          returning tenant_id, day, percent, used, quota
          """);
  private static final Sql DAYS =
      Sql.of(
          """
          select day, used, refused from platform.usage_days
          where tenant_id = :tenant_id and day >= :from and day <= :to order by day
          """);

  private Ledger() {}

  /** What was granted, and what all nodes have booked so far. */
  record Slice(long granted, long used) {}

  /** A tenant's day. */
  record Key(UUID tenantId, long day) {}

  /**
   * Takes a slice of a day's quota; 0 calls when nothing is left.
   *
   * @param nodes how many share what is left
   */
  static Slice lease(
      Connection connection, UUID tenantId, long day, Plan plan, long wanted, int nodes)
      throws SQLException {
    Sql lease =
        LEASE
            .bind("quota", plan.callsPerDay())
            .bind("wanted", wanted)
            .bind("parts", 2L * nodes)
            .bind("tenant_id", tenantId)
            .bind("day", LocalDate.ofEpochDay(day));
    while (true) {
      Optional<Slice> slice =
          lease.first(connection, row -> new Slice(row.getLong("last_grant"), row.getLong("used")));
      if (slice.isPresent()) {
        return slice.get();
      }
      OPEN.bind("tenant_id", tenantId).bind("day", LocalDate.ofEpochDay(day)).update(connection);
    }
  }

  /** False when the node's report of this number was booked before. */
  static boolean isNew(Connection transaction, UUID node, long number) throws SQLException {
    return NUMBER.bind("node", node).bind("report", number).update(transaction) == 1;
  }

  /** Books a report, and says what all nodes have booked of the same days now. */
  static Map<Key, Long> book(Connection transaction, List<Entry> entries) throws SQLException {
    Map<Key, Long> used = new HashMap<>();
    BOOK.bindArray("tenants", "uuid", each(entries, entry -> entry.meter().tenantId))
        .bindArray("days", "date", each(entries, entry -> LocalDate.ofEpochDay(entry.share().day)))
        .bindArray("returned", "bigint", each(entries, Entry::returned))
        .bindArray("used", "bigint", each(entries, Entry::used))
        .bindArray("refused", "bigint", each(entries, Entry::refused))
        .all(
            transaction,
            row ->
                used.put(
                    new Key(Columns.uuid(row, "tenant_id"), Columns.day(row, "day").toEpochDay()),
                    row.getLong("used")));
    return used;
  }

  /** Writes notices down, and says which of them nobody had written before. */
  static List<QuotaReached> notice(Connection transaction, List<QuotaReached> notices)
      throws SQLException {
    if (notices.isEmpty()) {
      return List.of();
    }
    return NOTICE
        .bindArray("tenants", "uuid", each(notices, QuotaReached::tenantId))
        .bindArray("days", "date", each(notices, QuotaReached::day))
        .bindArray("percents", "smallint", each(notices, QuotaReached::percent))
        .bindArray("used", "bigint", each(notices, QuotaReached::used))
        .bindArray("quotas", "bigint", each(notices, QuotaReached::limit))
        .all(
            transaction,
            row ->
                new QuotaReached(
                    Columns.uuid(row, "tenant_id"),
                    Columns.day(row, "day"),
                    row.getInt("percent"),
                    row.getLong("used"),
                    row.getLong("quota")));
  }

  static List<UsageDay> days(Connection connection, UUID tenantId, LocalDate from, LocalDate to)
      throws SQLException {
    return DAYS.bind("tenant_id", tenantId)
        .bind("from", from)
        .bind("to", to)
        .all(
            connection,
            row ->
                new UsageDay(Columns.day(row, "day"), row.getLong("used"), row.getLong("refused")));
  }

  private static <T> List<?> each(List<T> rows, Function<T, ?> value) {
    return rows.stream().map(value).toList();
  }
}
