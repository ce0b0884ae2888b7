package io.nettrace.platform.job;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * The table platform.jobs from the insert to the end of a job. db-scheduler finds what is due,
 * picks it, says every few seconds that it is still at it, and tells which node fell silent; the
 * rest is here, guarded by the version, which grows whenever a job changes hands.
 */
final class JobStore {
  private static final int LOCK = 0x6a6f_6273; // "jobs"

  /** What waited for others of its tenant stands before what became due meanwhile. */
  private static final String FRONT = ":now::timestamptz - interval '1 day'";

  private static final String HANDED_BACK =
      "picked = false, picked_by = null, last_heartbeat = null, admitted = false,"
          + " version = version + 1";

  private static final Duration LONGEST_PARKED = Duration.ofHours(1);
  private static final double MILLIS = 1000;

  private static final Sql ENQUEUE =
      Sql.of(
          """
          insert into platform.jobs as j
            (id, task_name, task_instance, task_data, tenant_id, priority, enqueued_at, due_at,
             execution_time)
          values (:id, :type, :key, :data, :tenant_id, :priority, :now, :due, :due)
          on conflict (task_name, task_instance) do update set
            task_data = excluded.task_data,
            due_at = case when j.picked and not j.again then excluded.due_at
                else least(j.due_at, excluded.due_at) end,
            execution_time = case when j.picked or j.parked then j.execution_time
                else least(j.execution_time, excluded.execution_time) end,
            again = j.picked,
            consecutive_failures = case when j.picked then j.consecutive_failures else 0 end,
            put_off_since = case when j.picked then j.put_off_since end,
            version = j.version + case when j.picked then 0 else 1 end
          returning xmax = 0 as is_new
          """);

  /** Only where there is none, dead ones included: those are an operator's. */
  private static final Sql ENQUEUE_MISSING =
      Sql.of(
          """
          insert into platform.jobs
            (id, task_name, task_instance, task_data, tenant_id, priority, enqueued_at, due_at,
             execution_time)
          select :id, :type, :key, :data, :tenant_id, :priority, :now, :due, :due
          where not exists (select 1 from platform.dead_jobs where type = :type and key = :key)
          on conflict (task_name, task_instance) do nothing
          returning true as is_new
          """);

  private static final String COLUMNS =
      "id, task_name, task_instance, tenant_id, convert_from(task_data, 'UTF8') as data, priority,"
          + " enqueued_at, consecutive_failures, put_off_since, version";
  private static final Sql FIND =
      Sql.of(
          "select "
              + COLUMNS
              + " from platform.jobs where task_name = :type and task_instance = :key"
              + " and version = :version and picked");
  private static final Sql PICK =
      Sql.of(
          """
          update platform.jobs set picked = true, picked_by = :node, last_heartbeat = :now,
            version = version + 1
          where id = (
            select id from platform.jobs
            where not picked and execution_time <= :now and task_name = any (:types)
            order by priority desc, execution_time, id limit 1 for update skip locked)
          returning
          """
              + COLUMNS);
  private static final Sql LOCKED =
      Sql.of("select pg_advisory_xact_lock(:component, hashtext(:type || :tenant_id))");
  private static final Sql ADMIT =
      Sql.of(
          """
          update platform.jobs set admitted = true
          where id = :id and version = :version and (
            select count(*) from platform.jobs o
            where o.task_name = :type and o.tenant_id = :tenant_id and o.admitted and o.picked
              and o.id <> :id) < :most
          """);
  private static final Sql TAKE_TURN =
      Sql.of(
          """
          insert into platform.job_turns (type, tenant_id, at) values (:type, :tenant_id, :now)
          on conflict (type, tenant_id) do update set at = excluded.at
          """);

  /** The more are parked, the longer each: so that a few of them wake in a second. */
  private static final Sql PARK =
      Sql.of(
          """
          update platform.jobs set parked = true, execution_time = :now::timestamptz
            + interval '1 second' * least(:longest, :seconds::float8 * (1 + (
              select count(*) from platform.jobs o where o.task_name = :type and o.parked) / 8)),
          """
              + HANDED_BACK
              + " where id = :id and version = :version");

  private static final Sql PUT_BACK =
      Sql.of(
          "update platform.jobs set execution_time = :now, "
              + HANDED_BACK
              + " where id = :id and version = :version");
  private static final Sql DONE =
      Sql.of("delete from platform.jobs where id = :id and version = :version and not again");
  private static final Sql ONCE_MORE =
      Sql.of(
          "update platform.jobs set again = false, parked = false, consecutive_failures = 0,"
              + " failure = null, put_off_since = null, execution_time = due_at, "
              + HANDED_BACK
              + " where id = :id and version = :version");
  private static final Sql LATER =
      Sql.of(
          "update platform.jobs set parked = false, last_failure = :now, failure = :failure,"
              + " consecutive_failures = case when again then 0 else consecutive_failures + 1 end,"
              + " again = false, put_off_since = null, execution_time = :due, due_at = :due, "
              + HANDED_BACK
              + " where id = :id and version = :version");
  private static final Sql PUT_OFF =
      Sql.of(
          "update platform.jobs set parked = false, last_failure = :now, failure = :failure,"
              + " consecutive_failures = case when again then 0 else consecutive_failures end,"
              + " put_off_since = case when again then :now else coalesce(put_off_since, :now) end,"
              + " again = false, execution_time = :due, due_at = :due, "
              + HANDED_BACK
              + " where id = :id and version = :version");
  private static final Sql NEXT_OF_TENANT =
      Sql.of(
          "update platform.jobs set parked = false, version = version + 1, execution_time = "
              + FRONT
              + """
               where id = (
                select id from platform.jobs
                where task_name = :type and tenant_id = :tenant_id and parked and not picked
                order by due_at, id limit 1 for update skip locked)
              """);
  private static final Sql NEXT_OF_TYPE =
      Sql.of(
          "update platform.jobs set parked = false, version = version + 1, execution_time = "
              + FRONT
              + """
               where id = (
                select j.id from platform.jobs j
                  left join platform.job_turns t
                    on t.type = j.task_name and t.tenant_id = j.tenant_id
                where j.task_name = :type and j.parked and not j.picked
                  and (j.tenant_id is null or (
                    select count(*) from platform.jobs o
                    where o.task_name = :type and o.tenant_id = j.tenant_id
                      and o.admitted and o.picked) < :most)
                order by coalesce(t.at, case when j.tenant_id is null then j.due_at end) nulls first,
                    j.due_at, j.id limit 1 for update of j skip locked)
              """);
  private static final Sql CANCEL =
      Sql.of(
          "delete from platform.jobs"
              + " where task_name = :type and task_instance = :key and not picked");

  private JobStore() {}

  /** False when a job of the key was there. */
  static boolean enqueue(
      Connection transaction,
      UUID id,
      JobType<?> type,
      String key,
      Optional<UUID> tenantId,
      String data,
      Instant due,
      Instant now)
      throws SQLException {
    return enqueued(ENQUEUE, transaction, id, type, key, tenantId, data, due, now);
  }

  /** False when a job of the key was there, whatever its state. */
  static boolean enqueueMissing(
      Connection transaction,
      UUID id,
      JobType<?> type,
      String key,
      Optional<UUID> tenantId,
      String data,
      Instant due,
      Instant now)
      throws SQLException {
    return enqueued(ENQUEUE_MISSING, transaction, id, type, key, tenantId, data, due, now);
  }

  private static boolean enqueued(
      Sql statement,
      Connection transaction,
      UUID id,
      JobType<?> type,
      String key,
      Optional<UUID> tenantId,
      String data,
      Instant due,
      Instant now)
      throws SQLException {
    return statement
        .bind("id", id)
        .bind("type", type.name())
        .bind("key", key)
        .bind("data", data.getBytes(StandardCharsets.UTF_8))
        .bind("tenant_id", tenantId)
        .bind("priority", type.priority())
        .bind("now", now)
        .bind("due", due)
        .first(transaction, row -> row.getBoolean("is_new"))
        .orElse(false);
  }

  static boolean cancel(Connection transaction, String type, String key) throws SQLException {
    return CANCEL.bind("type", type).bind("key", key).update(transaction) == 1;
  }

  static Optional<PickedJob> find(Connection connection, String type, String key, long version)
      throws SQLException {
    return FIND.bind("type", type)
        .bind("key", key)
        .bind("version", version)
        .first(connection, JobStore::picked);
  }

  /** What db-scheduler would run next. */
  static Optional<PickedJob> pick(
      Connection connection, Collection<String> types, String node, Instant now)
      throws SQLException {
    return PICK.bindArray("types", "text", types)
        .bind("node", node)
        .bind("now", now)
        .first(connection, JobStore::picked);
  }

  private static PickedJob picked(ResultSet row) throws SQLException {
    return new PickedJob(
        Columns.uuid(row, "id"),
        row.getString("task_name"),
        row.getString("task_instance"),
        Columns.optionalUuid(row, "tenant_id"),
        row.getString("data"),
        row.getInt("priority"),
        Columns.time(row, "enqueued_at"),
        row.getInt("consecutive_failures"),
        Columns.optionalTime(row, "put_off_since"),
        row.getLong("version"));
  }

  /** From here on no other job of the type and tenant begins or ends. */
  static void lock(Connection transaction, String type, UUID tenantId) throws SQLException {
    boolean _ =
        LOCKED
            .bind("component", LOCK)
            .bind("type", type)
            .bind("tenant_id", tenantId.toString())
            .any(transaction);
  }

  /** False when as many of the tenant run as may, or when the job is no longer this node's. */
  static boolean admit(
      Connection transaction, PickedJob picked, UUID tenantId, JobType<?> type, Instant now)
      throws SQLException {
    boolean admitted =
        mine(ADMIT, picked)
                .bind("type", type.name())
                .bind("tenant_id", tenantId)
                .bind("most", type.mostPerTenant())
                .update(transaction)
            == 1;
    if (admitted && type.takesTurns()) {
      TAKE_TURN
          .bind("type", type.name())
          .bind("tenant_id", tenantId)
          .bind("now", now)
          .update(transaction);
    }
    return admitted;
  }

  /**
   * Puts it off until another one ends.
   *
   * @param pause after which it is looked at in any case, where few are parked
   */
  static int park(Connection connection, PickedJob picked, Instant now, Duration pause)
      throws SQLException {
    return mine(PARK, picked)
        .bind("type", picked.type())
        .bind("now", now)
        .bind("seconds", pause.toMillis() / MILLIS)
        .bind("longest", LONGEST_PARKED.toSeconds())
        .update(connection);
  }

  /** As if it had not begun. */
  static int putBack(Connection connection, PickedJob picked, Instant now) throws SQLException {
    return mine(PUT_BACK, picked).bind("now", now).update(connection);
  }

  /** Removes it, unless it was enqueued again meanwhile. */
  static void done(Connection connection, PickedJob picked) throws SQLException {
    if (mine(DONE, picked).update(connection) == 0) {
      mine(ONCE_MORE, picked).update(connection);
    }
  }

  /** An attempt that does not count. */
  static void putOff(
      Connection connection, PickedJob picked, String failure, Instant now, Instant due)
      throws SQLException {
    settled(PUT_OFF, connection, picked, failure, now, due);
  }

  static void later(
      Connection connection, PickedJob picked, String failure, Instant now, Instant due)
      throws SQLException {
    settled(LATER, connection, picked, failure, now, due);
  }

  private static void settled(
      Sql statement,
      Connection connection,
      PickedJob picked,
      String failure,
      Instant now,
      Instant due)
      throws SQLException {
    mine(statement, picked)
        .bind("failure", failure)
        .bind("now", now)
        .bind("due", due)
        .update(connection);
  }

  /** False when it was enqueued again meanwhile, or is no longer this node's. */
  static boolean remove(Connection transaction, PickedJob picked) throws SQLException {
    return mine(DONE, picked).update(transaction) == 1;
  }

  /** Lets one go on that waited for this one to end; where tenants take turns, of another. */
  static void unpark(Connection connection, PickedJob ended, JobType<?> type, Instant now)
      throws SQLException {
    if (type.takesTurns()) {
      NEXT_OF_TYPE
          .bind("type", type.name())
          .bind("most", type.mostPerTenant())
          .bind("now", now)
          .update(connection);
    } else if (ended.tenantId().isPresent()) {
      NEXT_OF_TENANT
          .bind("type", type.name())
          .bind("tenant_id", ended.tenantId())
          .bind("now", now)
          .update(connection);
    }
  }

  private static Sql mine(Sql statement, PickedJob picked) {
    return statement.bind("id", picked.id()).bind("version", picked.version());
  }
}
