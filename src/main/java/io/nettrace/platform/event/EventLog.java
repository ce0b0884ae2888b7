package io.nettrace.platform.event;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Events and audit entries of the platform's database, for operators to read. They are in the order
 * of their transactions, as consumers read them: what is listed once has nothing before it that
 * would be listed later.
 */
@Service
public class EventLog {
  private static final String SELECT =
      """
      select seq, at, tenant_id, type, subject, actor, body::text as body from events.events
      where xid < pg_snapshot_xmin(pg_current_snapshot())
        and (:tenant_id::uuid is null or tenant_id = :tenant_id::uuid
          or (tenant_id is null and subject = :tenant_id::uuid::text))
      """;
  private static final String OF_ANY_TYPE = " and not brief ";
  private static final String OF_TYPE = " and starts_with(type, :type) ";
  private static final String AFTER =
      """
      and (xid, seq) >
        (coalesce((select e.xid from events.events e where e.seq = :after), '0'), :after)
      order by xid, seq limit :limit
      """;
  private static final String NEWEST = " order by xid desc, seq desc limit :limit";
  private static final Sql ANY_AFTER = Sql.of(SELECT + OF_ANY_TYPE + AFTER);
  private static final Sql ANY_NEWEST = Sql.of(SELECT + OF_ANY_TYPE + NEWEST);
  private static final Sql SOME_AFTER = Sql.of(SELECT + OF_TYPE + AFTER);
  private static final Sql SOME_NEWEST = Sql.of(SELECT + OF_TYPE + NEWEST);

  private final Database database;

  /**
   * What is asked for.
   *
   * @param tenantId what is the tenant's, or was done to it; all if it is empty
   * @param type a type, or how types begin; if it is empty, all but those that are kept briefly
   */
  public record Filter(Optional<UUID> tenantId, Optional<String> type) {}

  @Inject
  public EventLog(Database database) {
    this.database = database;
  }

  /**
   * At most {@code limit}, the oldest first.
   *
   * @param after the number of the last one that is known; without it the newest are listed
   */
  public List<LoggedEvent> list(Filter filter, OptionalLong after, int limit) {
    Sql statement =
        statement(filter, after).bind("tenant_id", filter.tenantId()).bind("limit", limit);
    List<LoggedEvent> found =
        database.run(connection -> statement.all(connection, EventLog::event));
    return after.isPresent() ? found : found.reversed();
  }

  private static Sql statement(Filter filter, OptionalLong after) {
    Sql all =
        filter
            .type()
            .map(type -> (after.isPresent() ? SOME_AFTER : SOME_NEWEST).bind("type", type))
            .orElse(after.isPresent() ? ANY_AFTER : ANY_NEWEST);
    return after.isPresent() ? all.bind("after", after.getAsLong()) : all;
  }

  private static LoggedEvent event(ResultSet row) throws SQLException {
    return new LoggedEvent(
        row.getLong("seq"),
        Columns.time(row, "at"),
        Columns.optionalUuid(row, "tenant_id"),
        row.getString("type"),
        row.getString("subject"),
        row.getString("actor"),
        row.getString("body"));
  }
}
