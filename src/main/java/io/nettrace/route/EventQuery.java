package io.nettrace.route;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Queries for pages of a table of events. The key stands in the column {@code position_key}.
 *
 * @param time the column that says when
 * @param key an expression that no two events of a moment share
 */
public record EventQuery(String columns, String table, String time, String key) {
  private static final String PUBLISHED = "published_at";

  /** When an event could first be read; until that is set, when it was stored. */
  public static final String KNOWN_AT = "coalesce(published_at, known_at) as known_at";

  /** At most {@code limit} events, after {@code position} if there is one. */
  public Sql oldestFirst(EventRange range, Optional<EventPosition> position, int limit) {
    String by = time(range);
    StringBuilder sql = new StringBuilder(inRange(range));
    List<Object> values = values(range);
    position.ifPresent(
        after -> {
          sql.append(" and (%s, (%s) collate \"C\") > (?, ?)".formatted(by, key));
          values.add(Columns.utc(after.at()));
          values.add(after.key());
        });
    sql.append(" order by %s, (%s) collate \"C\" limit ?".formatted(by, key));
    values.add(limit);
    return Sql.of(sql.toString(), values.toArray());
  }

  /** At most {@code limit} events, the newest first. */
  public Sql newestFirst(EventRange range, int limit) {
    List<Object> values = values(range);
    values.add(limit);
    String order = " order by %s desc, %s desc limit ?".formatted(time(range), key);
    return Sql.of(inRange(range) + order, values.toArray());
  }

  /** The instant in {@code column}. */
  public static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private String time(EventRange range) {
    return range.order() == EventRange.Order.PUBLISHED ? PUBLISHED : time;
  }

  private String inRange(EventRange range) {
    return "select %s, %s as position_key from %s where %s >= ? and %s < ?"
            .formatted(columns, key, table, time(range), time(range))
        + (range.targetId().isPresent() ? " and target_id = ?" : "")
        + (range.vantagePoint().isPresent() ? " and vantage_point = ?" : "");
  }

  private static List<Object> values(EventRange range) {
    List<Object> values =
        new ArrayList<>(List.of(Columns.utc(range.start()), Columns.utc(range.end())));
    range.targetId().ifPresent(values::add);
    range.vantagePoint().ifPresent(values::add);
    return values;
  }
}
