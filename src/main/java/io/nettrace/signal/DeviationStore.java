package io.nettrace.signal;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Writes deviations. Everything here may be done twice, by several nodes, in any order. */
final class DeviationStore {
  private static final int MOST_OPEN = 10_000;

  /** Not when one of the same kind is open, or was open at that time. */
  private static final String OPEN =
      """
      insert into catalog.deviations
        (opened_at, target_id, vantage_point, target_host, simulated, method, address, kind,
         known_at, rtt_baseline, rtt_spread, rtt_seen, loss_baseline, loss_seen, effect_size,
         past_bursts, deviating, judged)
      select ?, ?, ?, ?, ?, ?, ?::inet, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      where not exists (
        select from catalog.deviations d
        where d.target_id = ? and d.vantage_point = ? and d.method = ? and d.address = ?::inet
          and d.kind = ? and (d.closed_at is null or d.closed_at > ?))
      on conflict do nothing
      """;

  private static final String CLOSE =
      """
      update catalog.deviations set closed_at = ?, closed_known_at = ?, closing = ?
      where target_id = ? and vantage_point = ? and method = ? and address = ?::inet and kind = ?
        and closed_at is null and opened_at <= ?
      """;

  /** Bounds what is read of the index by time of opening. */
  private static final Duration LONGEST_UNTIL_SETTLED = Duration.ofDays(1);

  private static final String OPEN_ONES = those("closed_at is null");

  private static final String CURRENT =
      those("closed_at is null or (closing = 'SETTLED' and closed_at >= ? and opened_at >= ?)");

  private final Database database;

  DeviationStore(Database database) {
    this.database = database;
  }

  private static String those(String condition) {
    return "select %s, %s as position_key from catalog.deviations where %s order by opened_at limit %d"
        .formatted(Deviations.EVENTS.columns(), Deviations.EVENTS.key(), condition, MOST_OPEN);
  }

  /** True when this call is what put it into the record. */
  boolean open(SeriesKey key, String host, Finding.Opened opened, Instant now) {
    return database.run(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
            bind(insert, key, host, opened, now);
            return insert.executeUpdate() == 1;
          }
        });
  }

  boolean close(SeriesKey key, Finding.Closed closed, Instant now) {
    return database.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(CLOSE)) {
            update.setObject(1, Columns.utc(closed.at()));
            update.setObject(2, Columns.utc(now));
            update.setString(3, closed.closing().name());
            bind(update, 4, key, closed.kind());
            update.setObject(9, Columns.utc(closed.at()));
            return update.executeUpdate() == 1;
          }
        });
  }

  /** Those that are open, the longest first. */
  List<Deviation> open() {
    return database.run(DeviationStore::open);
  }

  /** Those that are open, and those whose new level settled after {@code since}. */
  List<Deviation> current(Instant since) {
    return database.run(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(CURRENT)) {
            query.setObject(1, Columns.utc(since));
            query.setObject(2, Columns.utc(since.minus(LONGEST_UNTIL_SETTLED)));
            return read(query);
          }
        });
  }

  private static List<Deviation> open(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OPEN_ONES)) {
      return read(query);
    }
  }

  private static List<Deviation> read(PreparedStatement query) throws SQLException {
    List<Deviation> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(Deviations.deviation(row));
      }
    }
    return found;
  }

  private static void bind(
      PreparedStatement insert, SeriesKey key, String host, Finding.Opened opened, Instant now)
      throws SQLException {
    insert.setObject(1, Columns.utc(opened.at()));
    insert.setString(2, key.targetId());
    insert.setString(3, key.vantagePoint().name());
    insert.setString(4, host);
    insert.setBoolean(5, key.vantagePoint().simulated());
    insert.setString(6, key.method().name());
    insert.setString(7, key.address().getHostAddress());
    insert.setString(8, opened.kind().name());
    insert.setObject(9, Columns.utc(now));
    set(insert, 10, opened.rttNanosBaseline());
    set(insert, 11, opened.rttNanosSpread());
    set(insert, 12, opened.rttNanosSeen());
    set(insert, 13, opened.lossRatioBaseline());
    set(insert, 14, opened.lossRatioSeen());
    insert.setDouble(15, opened.effectSize());
    insert.setInt(16, opened.evidence().pastBursts());
    insert.setInt(17, opened.evidence().deviating());
    insert.setInt(18, opened.evidence().judged());
    bind(insert, 19, key, opened.kind());
    insert.setObject(24, Columns.utc(opened.at()));
  }

  private static void bind(
      PreparedStatement statement, int from, SeriesKey key, Deviation.Kind kind)
      throws SQLException {
    statement.setString(from, key.targetId());
    statement.setString(from + 1, key.vantagePoint().name());
    statement.setString(from + 2, key.method().name());
    statement.setString(from + 3, key.address().getHostAddress());
    statement.setString(from + 4, kind.name());
  }

  private static void set(PreparedStatement statement, int index, OptionalLong value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(index, value.getAsLong());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private static void set(PreparedStatement statement, int index, OptionalDouble value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setDouble(index, value.getAsDouble());
    } else {
      statement.setNull(index, Types.DOUBLE);
    }
  }
}
