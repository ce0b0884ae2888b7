package io.nettrace.plan;

import io.nettrace.plan.UsageReport.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final String LEASE =
      "update platform.usage_days set last_grant = "
          + SIZE
          + ", granted = granted + "
          + SIZE
          + " from (values (?::bigint, ?::bigint, ?::bigint)) as w (quota, wanted, parts)"
          + " where tenant_id = ? and day = ? returning last_grant, used";
  private static final String OPEN =
      "insert into platform.usage_days (tenant_id, day) values (?, ?) on conflict do nothing";

  /** Does nothing when the report was booked before. */
  private static final String NUMBER =
      """
      insert into platform.nodes as known (node, report) values (?, ?)
      on conflict (node) do update set last_seen = clock_timestamp(), report = excluded.report
      where known.report < excluded.report
      """;

  // in the order of the key, so that nodes that report at the same time do not block each other
  private static final String BOOK =
      """
      insert into platform.usage_days as known (tenant_id, day, granted, used, refused)
      select tenant_id, day, -returned, used, refused
      from unnest(?::uuid[], ?::date[], ?::bigint[], ?::bigint[], ?::bigint[])
        as r (tenant_id, day, returned, used, refused)
      order by tenant_id, day
      on conflict (tenant_id, day) do update set granted = known.granted + excluded.granted,
        used = known.used + excluded.used, refused = known.refused + excluded.refused
      returning tenant_id, day, used
      """;
  private static final String NOTICE =
      """
      insert into platform.quota_notices (tenant_id, day, percent, used, quota)
      select * from unnest(?::uuid[], ?::date[], ?::smallint[], ?::bigint[], ?::bigint[])
      order by 1, 2, 3
      on conflict do nothing
      returning tenant_id, day, percent, used, quota
      """;
  private static final String DAYS =
      """
      select day, used, refused from platform.usage_days
      where tenant_id = ? and day >= ? and day <= ? order by day
      """;

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
    while (true) {
      try (PreparedStatement lease = connection.prepareStatement(LEASE)) {
        lease.setLong(1, plan.callsPerDay());
        lease.setLong(2, wanted);
        lease.setLong(3, 2L * nodes);
        lease.setObject(4, tenantId);
        lease.setObject(5, LocalDate.ofEpochDay(day));
        try (ResultSet row = lease.executeQuery()) {
          if (row.next()) {
            return new Slice(row.getLong(1), row.getLong(2));
          }
        }
      }
      open(connection, tenantId, day);
    }
  }

  private static void open(Connection connection, UUID tenantId, long day) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
      insert.setObject(1, tenantId);
      insert.setObject(2, LocalDate.ofEpochDay(day));
      insert.executeUpdate();
    }
  }

  /** False when the node's report of this number was booked before. */
  static boolean isNew(Connection transaction, UUID node, long number) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(NUMBER)) {
      insert.setObject(1, node);
      insert.setLong(2, number);
      return insert.executeUpdate() == 1;
    }
  }

  /** Books a report, and says what all nodes have booked of the same days now. */
  static Map<Key, Long> book(Connection transaction, List<Entry> entries) throws SQLException {
    try (PreparedStatement book = transaction.prepareStatement(BOOK)) {
      array(book, 1, "uuid", entries, entry -> entry.meter().tenantId);
      array(book, 2, "date", entries, entry -> LocalDate.ofEpochDay(entry.share().day));
      array(book, 3, "bigint", entries, Entry::returned);
      array(book, 4, "bigint", entries, Entry::used);
      array(book, 5, "bigint", entries, Entry::refused);
      Map<Key, Long> used = new HashMap<>();
      try (ResultSet row = book.executeQuery()) {
        while (row.next()) {
          used.put(new Key(row.getObject(1, UUID.class), day(row, 2).toEpochDay()), row.getLong(3));
        }
      }
      return used;
    }
  }

  /** Writes notices down, and says which of them nobody had written before. */
  static List<QuotaReached> notice(Connection transaction, List<QuotaReached> notices)
      throws SQLException {
    if (notices.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement insert = transaction.prepareStatement(NOTICE)) {
      array(insert, 1, "uuid", notices, QuotaReached::tenantId);
      array(insert, 2, "date", notices, QuotaReached::day);
      array(insert, 3, "smallint", notices, QuotaReached::percent);
      array(insert, 4, "bigint", notices, QuotaReached::used);
      array(insert, 5, "bigint", notices, QuotaReached::limit);
      List<QuotaReached> first = new ArrayList<>();
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          first.add(
              new QuotaReached(
                  row.getObject(1, UUID.class),
                  day(row, 2),
                  row.getInt(3),
                  row.getLong(4),
                  row.getLong(5)));
        }
      }
      return first;
    }
  }

  static List<UsageDay> days(Connection connection, UUID tenantId, LocalDate from, LocalDate to)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(DAYS)) {
      query.setObject(1, tenantId);
      query.setObject(2, from);
      query.setObject(3, to);
      List<UsageDay> days = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          days.add(new UsageDay(day(row, 1), row.getLong(2), row.getLong(3)));
        }
      }
      return days;
    }
  }

  private static <T> void array(
      PreparedStatement statement, int at, String type, List<T> rows, Function<T, Object> value)
      throws SQLException {
    statement.setArray(
        at, statement.getConnection().createArrayOf(type, rows.stream().map(value).toArray()));
  }

  private static LocalDate day(ResultSet row, int column) throws SQLException {
    return row.getObject(column, LocalDate.class);
  }
}
