package io.nettrace.catalog;

import io.nettrace.platform.Actor;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Columns;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Signals;
import io.nettrace.platform.Sql;
import io.nettrace.platform.TimeOrderedId;
import io.nettrace.platform.Tx;
import io.nettrace.platform.job.Job;
import io.nettrace.platform.job.JobHandler;
import io.nettrace.platform.job.JobType;
import io.nettrace.platform.job.Jobs;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantDatabase;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps {@code platform.assigned_targets} in step with the tenants' own tables, which may be in
 * another database: a change is marked first and copied last. With its mark a job is enqueued, one
 * for each tenant, which copies what a crash left between.
 */
@Service
public class TargetSync implements JobHandler<TargetSync.SyncJob> {
  static final JobType<SyncJob> SYNC =
      JobType.of("target.sync", SyncJob.class)
          .attempts(20, Duration.ofSeconds(10), Duration.ofMinutes(10))
          .perTenant(1);

  private static final Logger LOG = System.getLogger(TargetSync.class.getName());

  /** Longer than a change takes, so that none is copied before it committed and then forgotten. */
  static final Duration ABANDONED_AFTER = Duration.ofMinutes(2);

  /** The database's clock says what was abandoned, and a node's when a job is due. */
  static final Duration LOOK_AFTER = ABANDONED_AFTER.plusSeconds(5);

  private static final Duration FIND_LEFT_EVERY = Duration.ofMinutes(10);
  private static final int LOCK = 0x74617267; // "targ"
  private static final Sql MARK =
      Sql.of(
          "insert into platform.tenant_target_syncs (id, tenant_id, entitled) values (:id,"
              + " :tenant_id, :entitled)");
  private static final Sql LOCKED =
      Sql.of("select pg_advisory_xact_lock(:component, hashtext(:tenant_id))");
  private static final Sql REMOVE =
      Sql.of(
          "delete from platform.assigned_targets"
              + " where tenant_id = :tenant_id and target_id <> all (:kept)");
  private static final Sql FORGET =
      Sql.of("delete from platform.tenant_target_syncs where id = any (:ids)");
  private static final Sql MARKS =
      Sql.of(
          """
          select id, entitled, marked_at + :seconds * interval '1 second' > clock_timestamp() as young
          from platform.tenant_target_syncs where tenant_id = :tenant_id order by marked_at, id
          """);
  private static final Sql OVERRULE =
      Sql.of(
          """
          update platform.tenant_target_syncs set entitled = :entitled
          where tenant_id = :tenant_id and id < all (:ids)
          """);
  private static final Sql MARKED =
      Sql.of("select distinct tenant_id from platform.tenant_target_syncs order by tenant_id");
  private static final Sql PUT =
      Sql.of(
          """
          insert into platform.assigned_targets as a
            (target_id, tenant_id, host, port, methods, burst_every_seconds, created_at)
          values (:target_id, :tenant_id, :host, :port, :methods, :burst_every_seconds, :created_at)
          on conflict (target_id) do update set
            methods = excluded.methods, burst_every_seconds = excluded.burst_every_seconds
          where a.tenant_id = excluded.tenant_id
          """);

  private final Database database;
  private final CustomTargetReads targets;
  private final Tenants tenants;
  private final Signals signals;
  private final Jobs jobs;
  private final Clock clock;

  /** A change that is under way. */
  record Mark(UUID id) {}

  /** Whose targets are copied. */
  public record SyncJob(UUID tenant) {}

  private record Marked(Mark mark, boolean entitled, boolean isYoung) {}

  @Inject
  TargetSync(
      Database database,
      TenantDatabase behindWalls,
      Tenants tenants,
      Signals signals,
      Jobs jobs,
      Clock clock) {
    this.database = database;
    this.targets = new CustomTargetReads(behindWalls);
    this.tenants = tenants;
    this.signals = signals;
    this.jobs = jobs;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready, Chores chores) {
    jobs.handle(SYNC, this);
    chores.every(FIND_LEFT_EVERY, "finding targets not copied", this::enqueueLeft);
  }

  /** Marks of a release without such jobs get one, and those whose job an operator dropped. */
  void enqueueLeft() {
    int _ =
        database.transaction(
            tx -> {
              var left = MARKED.all(tx.connection(), row -> Columns.uuid(row, "tenant_id"));
              for (UUID tenantId : left) {
                boolean _ =
                    jobs.enqueueMissing(
                        tx,
                        SYNC,
                        tenantId.toString(),
                        Optional.of(tenantId),
                        new SyncJob(tenantId),
                        clock.instant());
              }
              return left.size();
            });
  }

  /** Before the change, which is made elsewhere. */
  Mark mark(Tenant tenant) {
    return database.transaction(tx -> mark(tx, tenant, true));
  }

  /** With the change. */
  Mark mark(Tx tx, Tenant tenant, boolean entitled) throws SQLException {
    Mark mark = new Mark(TimeOrderedId.at(clock.instant()));
    int _ =
        MARK.bind("id", mark.id())
            .bind("tenant_id", tenant.id())
            .bind("entitled", entitled)
            .update(tx.connection());
    enqueue(tx, tenant.id(), clock.instant().plus(LOOK_AFTER));
    return mark;
  }

  private void enqueue(Tx tx, UUID tenantId, Instant due) throws SQLException {
    boolean _ =
        jobs.enqueue(
            tx, SYNC, tenantId.toString(), Optional.of(tenantId), new SyncJob(tenantId), due);
  }

  /** Nothing was changed. */
  void forget(Mark mark) {
    database.run(
        connection -> {
          forget(connection, List.of(mark));
          return true;
        });
  }

  /** After the change committed, which stands even if this fails: then the job does it. */
  void finish(Tenant tenant, Mark mark) {
    attempt(tenant.id(), () -> copy(Optional.of(tenant), tenant.id(), List.of(mark), true));
  }

  /** The same when the tenant's plan was changed. */
  void settle(UUID tenantId, Mark mark, boolean entitled) {
    attempt(tenantId, () -> copy(home(tenantId, entitled), tenantId, List.of(mark), entitled));
  }

  private static void attempt(UUID tenantId, Runnable copying) {
    try {
      copying.run();
    } catch (DatabaseException e) {
      LOG.log(Level.INFO, "targets of tenant {0} are copied later", tenantId);
    }
  }

  /** Copies what changes left that never came to their end; for younger ones it comes again. */
  @Override
  public void run(Job job, SyncJob data) {
    List<Marked> marks = marks(data.tenant());
    List<Marked> abandoned = marks.stream().filter(one -> !one.isYoung()).toList();
    if (!abandoned.isEmpty()) {
      boolean entitled = abandoned.getLast().entitled();
      copy(
          home(data.tenant(), entitled),
          data.tenant(),
          abandoned.stream().map(Marked::mark).toList(),
          entitled);
    }
    if (abandoned.size() < marks.size()) {
      boolean _ =
          database.transaction(
              tx -> {
                enqueue(tx, data.tenant(), clock.instant().plus(LOOK_AFTER));
                return true;
              });
    }
  }

  /** A tenant with targets of its own has a record of its own, and so a login of its own. */
  private Optional<Tenant> home(UUID tenantId, boolean entitled) {
    return entitled ? tenants.isolate(new Actor.System("plan"), tenantId) : tenants.find(tenantId);
  }

  /** One after another, each with what is there then. */
  private void copy(Optional<Tenant> tenant, UUID tenantId, List<Mark> marks, boolean entitled) {
    database.transaction(
        tx -> {
          lock(tx.connection(), tenantId);
          List<CustomTarget> targets =
              tenant
                  .filter(one -> entitled && one.placement().isPresent())
                  .map(this::measured)
                  .orElse(List.of());
          removeAllBut(tx.connection(), tenantId, targets);
          put(tx.connection(), tenantId, targets);
          forget(tx.connection(), marks);
          overrule(tx.connection(), tenantId, marks, entitled);
          signals.publish(tx, ScheduledTargets.TOPIC, tenantId.toString());
          return true;
        });
  }

  private List<CustomTarget> measured(Tenant tenant) {
    return targets.all(tenant).stream().filter(target -> !target.paused()).toList();
  }

  private static void lock(Connection transaction, UUID tenantId) throws SQLException {
    boolean _ =
        LOCKED.bind("component", LOCK).bind("tenant_id", tenantId.toString()).any(transaction);
  }

  private static void removeAllBut(
      Connection transaction, UUID tenantId, List<CustomTarget> targets) throws SQLException {
    REMOVE
        .bind("tenant_id", tenantId)
        .bindArray("kept", "text", targets.stream().map(CustomTarget::id).toList())
        .update(transaction);
  }

  private static void put(Connection transaction, UUID tenantId, List<CustomTarget> targets)
      throws SQLException {
    Sql.batch(transaction, targets.stream().map(target -> row(tenantId, target)).toList());
  }

  private static Sql row(UUID tenantId, CustomTarget target) {
    return PUT.bind("target_id", target.id())
        .bind("tenant_id", tenantId)
        .bind("host", target.host())
        .bind("port", target.port())
        .bindArray("methods", "text", target.methods())
        .bind("burst_every_seconds", (int) target.burstEvery().toSeconds())
        .bind("created_at", target.createdAt());
  }

  private static void forget(Connection connection, List<Mark> marks) throws SQLException {
    FORGET.bindArray("ids", "uuid", marks.stream().map(Mark::id).toList()).update(connection);
  }

  /** What was said last of a tenant's plan counts, also for changes before that are left. */
  private static void overrule(
      Connection transaction, UUID tenantId, List<Mark> marks, boolean entitled)
      throws SQLException {
    OVERRULE
        .bind("entitled", entitled)
        .bind("tenant_id", tenantId)
        .bindArray("ids", "uuid", marks.stream().map(Mark::id).toList())
        .update(transaction);
  }

  private List<Marked> marks(UUID tenantId) {
    return database.run(
        connection ->
            MARKS
                .bind("seconds", ABANDONED_AFTER.toSeconds())
                .bind("tenant_id", tenantId)
                .all(
                    connection,
                    row ->
                        new Marked(
                            new Mark(Columns.uuid(row, "id")),
                            row.getBoolean("entitled"),
                            row.getBoolean("young"))));
  }
}
