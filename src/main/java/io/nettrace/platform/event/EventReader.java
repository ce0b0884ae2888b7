package io.nettrace.platform.event;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads events in the order in which consumers get them. */
final class EventReader {
  static final String COLUMNS = "seq, tenant_id, type, version, subject, actor, at, body::text";

  /** An event, and its place in the order. */
  record AtCursor(Cursor cursor, KeptEvent event) {}

  /** An output column named xid would have the order of texts. */
  private static final String PLACE = "xid::text as transaction, seq";

  private static final String BETWEEN =
      """
       from events.events where (xid, seq) > (:xid::xid8, :seq) and xid < :horizon::xid8
      """;
  private static final Sql NEXT =
      Sql.of(
          "select xid::text as transaction, "
              + COLUMNS
              + BETWEEN
              + " and (:every or type = any (:types)) order by xid, seq limit :most");
  private static final Sql LAST =
      Sql.of("select " + PLACE + BETWEEN + " order by xid desc, seq desc limit 1");
  private static final Sql HORIZON =
      Sql.of("select pg_snapshot_xmin(pg_current_snapshot())::text as transaction");
  private static final Sql IS_WAITING =
      Sql.of(
          """
          select from events.events where xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1
          """);

  private EventReader() {}

  /**
   * What comes next for one who is at {@code after}.
   *
   * @param end where to go on; {@code after} when nothing was read
   */
  record Next(List<AtCursor> events, Cursor end) {}

  /**
   * The next events of interest. When there are none, the end is behind all others, so that these
   * are not looked at again; every statement looks up to the same horizon, or one would pass over
   * what another did not see yet.
   */
  static Next next(Connection connection, Cursor after, EventTypes types, int most)
      throws SQLException {
    String horizon = horizon(connection);
    List<AtCursor> events =
        between(NEXT, after, horizon)
            .bind("every", types.isAll())
            .bindArray("types", "text", types.names())
            .bind("most", most)
            .all(connection, row -> new AtCursor(cursor(row), event(row)));
    if (!events.isEmpty()) {
      return new Next(events, events.getLast().cursor());
    }
    Cursor last =
        between(LAST, after, horizon).first(connection, EventReader::cursor).orElse(after);
    return new Next(events, last);
  }

  /** All events that are committed from now on come after it. */
  static Cursor end(Connection connection) throws SQLException {
    return new Cursor(horizon(connection), 0);
  }

  /** Below it every transaction has ended. */
  private static String horizon(Connection connection) throws SQLException {
    return HORIZON.first(connection, row -> row.getString("transaction")).orElseThrow();
  }

  private static Sql between(Sql query, Cursor after, String horizon) {
    return query.bind("xid", after.xid()).bind("seq", after.seq()).bind("horizon", horizon);
  }

  private static Cursor cursor(ResultSet row) throws SQLException {
    return new Cursor(row.getString("transaction"), row.getLong("seq"));
  }

  /** Whether events are committed that an older, open transaction still holds back. */
  static boolean isWaiting(Connection connection) throws SQLException {
    return IS_WAITING.any(connection);
  }

  static KeptEvent event(ResultSet row) throws SQLException {
    return new KeptEvent(
        row.getLong("seq"),
        Columns.optionalUuid(row, "tenant_id"),
        row.getString("type"),
        row.getInt("version"),
        row.getString("subject"),
        row.getString("actor"),
        Columns.time(row, "at"),
        row.getString("body"));
  }
}
