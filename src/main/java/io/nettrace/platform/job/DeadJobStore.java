package io.nettrace.platform.job;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table platform.dead_jobs, and what operators see of both tables and do to them. */
final class DeadJobStore {
  private static final Sql INSERT =
      Sql.of(
          """
          insert into platform.dead_jobs
            (id, type, key, tenant_id, data, priority, enqueued_at, died_at, attempts, reason, failure)
          values (:id, :type, :key, :tenant_id, :data, :priority, :enqueued_at, :died_at, :attempts,
            :reason, :failure)
          """);
  private static final Sql LIST =
      Sql.of(
          """
          select * from (
            select id, task_name as type, task_instance as key, tenant_id,
              case when picked then 'RUNNING' else 'WAITING' end as state, enqueued_at,
              due_at as at, consecutive_failures as attempts, null as reason, failure,
              case when picked then picked_by end as node
            from platform.jobs
            union all
            select id, type, key, tenant_id, 'DEAD', enqueued_at, died_at, attempts, reason, failure,
              null
            from platform.dead_jobs) all_jobs
          where (:type::text is null or type = :type::text)
            and (:state::text is null or state = :state::text)
            and (:id::uuid is null or id = :id::uuid)
          order by state, at, id limit :most
          """);
  private static final Sql COUNT =
      Sql.of(
          """
          select task_name as type, count(*) filter (where not picked) as waiting,
            count(*) filter (where picked) as running,
            min(due_at) filter (where not picked and due_at <= :now) as oldest_due, 0 as dead
          from platform.jobs group by task_name
          union all
          select type, 0, 0, null, count(*) from platform.dead_jobs group by type
          """);
  private static final String DATA = "convert_from(%s, 'UTF8') as data";
  private static final Sql REMOVE_DEAD =
      Sql.of(
          "delete from platform.dead_jobs where id = :id returning id, type, key, tenant_id, "
              + DATA.formatted("data")
              + ", priority, enqueued_at, attempts");
  private static final Sql REPLAY =
      Sql.of(
          """
          insert into platform.jobs
            (id, task_name, task_instance, task_data, tenant_id, priority, enqueued_at, due_at,
             execution_time)
          values (:id, :type, :key, :data, :tenant_id, :priority, :enqueued_at, :now, :now)
          on conflict (task_name, task_instance) do nothing
          """);
  private static final Sql REMOVE_WAITING =
      Sql.of(
          "delete from platform.jobs where id = :id and not picked returning id, task_name as type,"
              + " task_instance as key, tenant_id, "
              + DATA.formatted("task_data")
              + ", priority, enqueued_at, consecutive_failures as attempts");
  private static final Sql FORGET =
      Sql.of("delete from platform.dead_jobs where died_at < :before");
  private static final Sql FORGET_TURNS =
      Sql.of("delete from platform.job_turns where at < :before");

  private DeadJobStore() {}

  /** What there is of one type. */
  record Count(String type, long waiting, long running, Optional<Instant> oldestDue, long dead) {}

  static void insert(
      Connection transaction,
      PickedJob job,
      int attempts,
      JobDeath why,
      String failure,
      Instant now)
      throws SQLException {
    INSERT
        .bind("id", job.id())
        .bind("type", job.type())
        .bind("key", job.key())
        .bind("tenant_id", job.tenantId())
        .bind("data", job.data().getBytes(StandardCharsets.UTF_8))
        .bind("priority", job.priority())
        .bind("enqueued_at", job.enqueuedAt())
        .bind("died_at", now)
        .bind("attempts", attempts)
        .bind("reason", why)
        .bind("failure", failure)
        .update(transaction);
  }

  static List<ListedJob> list(
      Connection connection,
      Optional<String> type,
      Optional<JobState> state,
      Optional<UUID> id,
      int most)
      throws SQLException {
    return LIST.bind("type", type)
        .bind("state", state)
        .bind("id", id)
        .bind("most", most)
        .all(
            connection,
            row ->
                new ListedJob(
                    Columns.uuid(row, "id"),
                    row.getString("type"),
                    row.getString("key"),
                    Columns.optionalUuid(row, "tenant_id"),
                    Columns.constant(row, "state", JobState.class),
                    Columns.time(row, "enqueued_at"),
                    Columns.time(row, "at"),
                    row.getInt("attempts"),
                    Columns.optionalText(row, "reason").map(JobDeath::valueOf),
                    Columns.optionalText(row, "failure"),
                    Columns.optionalText(row, "node")));
  }

  static List<Count> count(Connection connection, Instant now) throws SQLException {
    return COUNT
        .bind("now", now)
        .all(
            connection,
            row ->
                new Count(
                    row.getString("type"),
                    row.getLong("waiting"),
                    row.getLong("running"),
                    Columns.optionalTime(row, "oldest_due"),
                    row.getLong("dead")));
  }

  /** Takes a dead job out. */
  static Optional<PickedJob> removeDead(Connection transaction, UUID id) throws SQLException {
    return removed(transaction, REMOVE_DEAD.bind("id", id));
  }

  /** Takes a waiting job out. */
  static Optional<PickedJob> removeWaiting(Connection transaction, UUID id) throws SQLException {
    return removed(transaction, REMOVE_WAITING.bind("id", id));
  }

  private static Optional<PickedJob> removed(Connection transaction, Sql statement)
      throws SQLException {
    return statement.first(
        transaction,
        row ->
            new PickedJob(
                Columns.uuid(row, "id"),
                row.getString("type"),
                row.getString("key"),
                Columns.optionalUuid(row, "tenant_id"),
                row.getString("data"),
                row.getInt("priority"),
                Columns.time(row, "enqueued_at"),
                row.getInt("attempts"),
                Optional.empty(),
                0));
  }

  /** False when another job of its type and key is there. */
  static boolean replay(Connection transaction, PickedJob job, Instant now) throws SQLException {
    return REPLAY
            .bind("id", job.id())
            .bind("type", job.type())
            .bind("key", job.key())
            .bind("data", job.data().getBytes(StandardCharsets.UTF_8))
            .bind("tenant_id", job.tenantId())
            .bind("priority", job.priority())
            .bind("enqueued_at", job.enqueuedAt())
            .bind("now", now)
            .update(transaction)
        == 1;
  }

  static int forgetDead(Connection connection, Instant before) throws SQLException {
    return FORGET.bind("before", before).update(connection);
  }

  static int forgetTurns(Connection connection, Instant before) throws SQLException {
    return FORGET_TURNS.bind("before", before).update(connection);
  }

  static void forgetTenant(Connection transaction, UUID tenantId) throws SQLException {
    for (String table : List.of("jobs", "dead_jobs", "job_turns")) {
      Sql.of("delete from platform." + table + " where tenant_id = :tenant_id")
          .bind("tenant_id", tenantId)
          .update(transaction);
    }
  }
}
