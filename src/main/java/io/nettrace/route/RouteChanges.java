package io.nettrace.route;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.sample.Position;
import io.nettrace.sample.Selection;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The changes of route in the record. */
@Service
public class RouteChanges {
  private static final String RANGE =
      """
      select observed_at, confirmed_at, method, mode, host(address) as address, kind,
             hash_before, hash_after, path_before, path_after, rtt_before, rtt_after
      from catalog.route_changes
      where target_id = ? and vantage_point = ? and observed_at >= ? and observed_at < ?
      """;
  private static final String AFTER = " and (observed_at, method, host(address)) > (?, ?, ?)";
  private static final String OLDEST_FIRST = " order by observed_at, method, host(address) limit ?";
  private static final String NEWEST_FIRST = " order by observed_at desc limit ?";

  private final Database database;

  @Inject
  RouteChanges(Database database) {
    this.database = database;
  }

  /** At most {@code limit} changes, the oldest first, after {@code position} if there is one. */
  public List<RecordedChange> list(Selection selection, Optional<Position> position, int limit) {
    return position
        .map(
            after ->
                read(
                    RANGE + AFTER + OLDEST_FIRST,
                    selection,
                    after.observedAt().atOffset(ZoneOffset.UTC),
                    after.method(),
                    after.address(),
                    limit))
        .orElseGet(() -> read(RANGE + OLDEST_FIRST, selection, limit));
  }

  public Optional<RecordedChange> newest(Selection selection) {
    return read(RANGE + NEWEST_FIRST, selection, 1).stream().findFirst();
  }

  private List<RecordedChange> read(String sql, Selection selection, Object... more) {
    return database.run(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, selection.targetId());
            query.setString(2, selection.vantagePoint());
            query.setObject(3, selection.start().atOffset(ZoneOffset.UTC));
            query.setObject(4, selection.end().atOffset(ZoneOffset.UTC));
            for (int i = 0; i < more.length; i++) {
              query.setObject(5 + i, more[i]);
            }
            return read(query);
          }
        });
  }

  private static List<RecordedChange> read(PreparedStatement query) throws SQLException {
    List<RecordedChange> changes = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        changes.add(
            new RecordedChange(
                time(row, "observed_at"),
                time(row, "confirmed_at"),
                Protocol.valueOf(row.getString("method")),
                ProbeMode.valueOf(row.getString("mode")),
                InetAddress.ofLiteral(row.getString("address")),
                RouteChange.Kind.valueOf(row.getString("kind")),
                row.getString("hash_before"),
                row.getString("hash_after"),
                RouteStateJson.hops(row.getString("path_before")),
                RouteStateJson.hops(row.getString("path_after")),
                nanos(row, "rtt_before"),
                nanos(row, "rtt_after")));
      }
    }
    return changes;
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OptionalLong nanos(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
