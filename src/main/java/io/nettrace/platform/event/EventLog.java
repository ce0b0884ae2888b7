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
      """;
  private static final String OF_TENANT =
      """
      and seq in (
        select seq from events.events where tenant_id = :tenant_id
        union all
        select seq from events.events
        where tenant_id is null and not brief and subject = :tenant_id::text)
      """;
  private static final String OF_ANY_TYPE = " and not brief ";

  /** Types are in the order of their bytes, so those that begin alike stand together. */
  private static final String OF_TYPE = " and type >= :type and type < :type || chr(1114109) ";

  private static final String AFTER = " and (xid, seq) > (:xid::xid8, :after) ";
  private static final String AFTER_FORGOTTEN = " and seq > :after ";
  private static final String OLDEST = " order by xid, seq limit :limit";
  private static final String NEWEST = " order by xid desc, seq desc limit :limit";
  private static final Sql TRANSACTION =
      Sql.of("select xid::text as xid from events.events where seq = :seq");

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
    return database.run(
        connection -> {
          Optional<String> xid =
              after.isEmpty()
                  ? Optional.empty()
                  : TRANSACTION
                      .bind("seq", after.getAsLong())
                      .first(connection, row -> row.getString("xid"));
          List<LoggedEvent> found =
              statement(filter, after, xid).bind("limit", limit).all(connection, EventLog::event);
          return after.isPresent() ? found : found.reversed();
        });
  }

  /**
   * The query for what is asked, and no more: each filter has an index.
   *
   * @param xid transaction of the event to go on after; empty when it is forgotten
   */
  private static Sql statement(Filter filter, OptionalLong after, Optional<String> xid) {
    StringBuilder text = new StringBuilder(SELECT);
    filter.tenantId().ifPresent(_ -> text.append(OF_TENANT));
    text.append(filter.type().isPresent() ? OF_TYPE : OF_ANY_TYPE);
    if (after.isPresent()) {
      text.append(xid.isPresent() ? AFTER : AFTER_FORGOTTEN);
    }
    Sql statement = Sql.of(text.append(after.isPresent() ? OLDEST : NEWEST).toString());
    if (filter.tenantId().isPresent()) {
      statement = statement.bind("tenant_id", filter.tenantId().get());
    }
    if (filter.type().isPresent()) {
      statement = statement.bind("type", filter.type().get());
    }
    if (after.isPresent()) {
      statement = statement.bind("after", after.getAsLong());
    }
    return xid.isPresent() ? statement.bind("xid", xid.get()) : statement;
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
