package io.nettrace.platform.event;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far each consumer has come, and what it could not take in. */
final class ConsumerStore {
  private static final Sql ENTER =
      Sql.of(
          """
          insert into events.consumers (name, xid, seq) values (:name, :xid::xid8, :seq)
          on conflict do nothing
          """);
  private static final Sql HAS_NEXT =
      Sql.of(
          """
          select from events.consumers c
          where c.name = :name and (c.retry_at is null or c.retry_at <= clock_timestamp())
            and exists (
              select from events.events e
              where (e.xid, e.seq) > (c.xid, c.seq)
                and e.xid < pg_snapshot_xmin(pg_current_snapshot()))
          """);
  private static final Sql LOCK =
      Sql.of(
          """
          select xid::text as xid, seq, failures,
            coalesce(retry_at > clock_timestamp(), false) as waits
          from events.consumers where name = :name for update skip locked
          """);
  private static final Sql MOVE =
      Sql.of(
          """
          update events.consumers
          set xid = :xid::xid8, seq = :seq, moved_at = clock_timestamp(), failures = 0,
            failure = null, retry_at = null
          where name = :name
          """);
  private static final Sql FAIL =
      Sql.of(
          """
          update events.consumers
          set failures = failures + 1, failure = :failure,
            retry_at = clock_timestamp() + :millis * interval '1 millisecond'
          where name = :name and seq = :seq
          """);
  private static final Sql ADD_DEAD_LETTER =
      Sql.of(
          """
          insert into events.dead_letters
            (consumer, seq, tenant_id, type, version, subject, actor, at, body, reason)
          select :name, seq, tenant_id, type, version, subject, actor, at, body, :reason
          from events.events where seq = :seq
          on conflict do nothing
          """);
  private static final Sql STATES =
      Sql.of(
          """
          select c.name, c.failures, c.failure, c.retry_at, waiting.oldest,
            (select count(*) from events.dead_letters d where d.consumer = c.name) as dead
          from events.consumers c
          left join lateral (
            select e.at as oldest from events.events e
            where (e.xid, e.seq) > (c.xid, c.seq) and (:every or e.type = any (:types))
            order by e.xid, e.seq limit 1) waiting on true
          where c.name = :name
          """);
  private static final Sql DEAD =
      Sql.of(
          "select "
              + EventReader.COLUMNS
              + """
              , reason, died_at from events.dead_letters
              where consumer = :name and seq > :after order by seq limit :most
              """);
  private static final Sql LOCK_DEAD =
      Sql.of(
          "select "
              + EventReader.COLUMNS
              + """
              , reason, died_at from events.dead_letters
              where consumer = :name and seq = :seq for update
              """);
  private static final Sql DROP =
      Sql.of("delete from events.dead_letters where consumer = :name and seq = :seq");

  private ConsumerStore() {}

  /**
   * Where a consumer stands.
   *
   * @param failures how often in a row the next event could not be taken in
   * @param waits it is not yet time to try again
   */
  record Standing(Cursor cursor, int failures, boolean waits) {}

  static void enter(Connection transaction, String name, Cursor from) throws SQLException {
    ENTER.bind("name", name).bind("xid", from.xid()).bind("seq", from.seq()).update(transaction);
  }

  /** Whether it is worth locking: a look that writes nothing. */
  static boolean hasNext(Connection connection, String name) throws SQLException {
    return HAS_NEXT.bind("name", name).any(connection);
  }

  /** Empty while another node is at it. */
  static Optional<Standing> lock(Connection transaction, String name) throws SQLException {
    return LOCK.bind("name", name)
        .first(
            transaction,
            row ->
                new Standing(
                    new Cursor(row.getString("xid"), row.getLong("seq")),
                    row.getInt("failures"),
                    row.getBoolean("waits")));
  }

  static void move(Connection transaction, String name, Cursor to) throws SQLException {
    MOVE.bind("name", name).bind("xid", to.xid()).bind("seq", to.seq()).update(transaction);
  }

  /** Unless another node has moved on meanwhile. */
  static void fail(Connection transaction, String name, Cursor stood, String failure, Duration rest)
      throws SQLException {
    FAIL.bind("name", name)
        .bind("seq", stood.seq())
        .bind("failure", failure)
        .bind("millis", rest.toMillis())
        .update(transaction);
  }

  static void addDeadLetter(Connection transaction, String name, long seq, String reason)
      throws SQLException {
    ADD_DEAD_LETTER.bind("name", name).bind("seq", seq).bind("reason", reason).update(transaction);
  }

  static Optional<ConsumerState> state(Connection connection, String name, EventTypes types)
      throws SQLException {
    return STATES
        .bind("name", name)
        .bind("every", types.isAll())
        .bindArray("types", "text", types.names())
        .first(
            connection,
            row ->
                new ConsumerState(
                    name,
                    Columns.optionalTime(row, "oldest"),
                    row.getInt("failures"),
                    Columns.optionalText(row, "failure"),
                    Columns.optionalTime(row, "retry_at"),
                    row.getLong("dead")));
  }

  static List<DeadLetter> dead(Connection connection, String name, long after, int most)
      throws SQLException {
    return DEAD.bind("name", name)
        .bind("after", after)
        .bind("most", most)
        .all(connection, ConsumerStore::letter);
  }

  static Optional<DeadLetter> lockDead(Connection transaction, String name, long seq)
      throws SQLException {
    return LOCK_DEAD.bind("name", name).bind("seq", seq).first(transaction, ConsumerStore::letter);
  }

  static boolean drop(Connection transaction, String name, long seq) throws SQLException {
    return DROP.bind("name", name).bind("seq", seq).update(transaction) == 1;
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    Instant diedAt = Columns.time(row, "died_at");
    return new DeadLetter(EventReader.event(row), row.getString("reason"), diedAt);
  }
}
