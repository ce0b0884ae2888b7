package io.nettrace.route;

import io.nettrace.platform.Sql;
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
    String after = " and (%s, (%s) collate \"C\") > (:after, :after_key)".formatted(by, key);
    String order = " order by %s, (%s) collate \"C\" limit :limit".formatted(by, key);
    Sql query = inRange(range, (position.isPresent() ? after : "") + order).bind("limit", limit);
    return position
        .map(last -> query.bind("after", last.at()).bind("after_key", last.key()))
        .orElse(query);
  }

  /** At most {@code limit} events, the newest first. */
  public Sql newestFirst(EventRange range, int limit) {
    String order = " order by %s desc, %s desc limit :limit".formatted(time(range), key);
    return inRange(range, order).bind("limit", limit);
  }

  private String time(EventRange range) {
    return range.order() == EventRange.Order.PUBLISHED ? PUBLISHED : time;
  }

  private Sql inRange(EventRange range, String rest) {
    String text =
        "select %s, %s as position_key from %s where %s >= :start and %s < :end"
                .formatted(columns, key, table, time(range), time(range))
            + (range.targetId().isPresent() ? " and target_id = :target_id" : "")
            + (range.vantagePoint().isPresent() ? " and vantage_point = :vantage_point" : "")
            + rest;
    Sql query = Sql.of(text).bind("start", range.start()).bind("end", range.end());
    if (range.targetId().isPresent()) {
      query = query.bind("target_id", range.targetId());
    }
    return range.vantagePoint().isPresent()
        ? query.bind("vantage_point", range.vantagePoint())
        : query;
  }
}
