package io.nettrace.target;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keeps {@code platform.assigned_targets} in step with the tenants' own tables, which may be in
 * another database: a change is marked first and copied last, and what a crash left between is
 * copied by a chore.
 */
@Service
public class TargetSync {
  private static final Logger LOG = System.getLogger(TargetSync.class.getName());
  private static final Duration HEAL_EVERY = Duration.ofSeconds(30);

  /** Longer than a change takes, so that none is copied before it committed and then forgotten. */
  private static final Duration ABANDONED_AFTER = Duration.ofMinutes(2);

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
  private static final Sql ABANDONED =
      Sql.of(
          """
          select id, tenant_id, entitled from platform.tenant_target_syncs
          where marked_at < clock_timestamp() - :seconds * interval '1 second' order by marked_at
          """);
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
  private final Chores chores;
  private final Clock clock;

  /** A change that is under way. */
  record Mark(UUID id) {}

  private record Abandoned(boolean entitled, List<Mark> marks) {
    Abandoned then(Abandoned later) {
      return new Abandoned(
          later.entitled, Stream.concat(marks.stream(), later.marks.stream()).toList());
    }
  }

  @Inject
  TargetSync(
      Database database,
      TenantDatabase behindWalls,
      Tenants tenants,
      Signals signals,
      Chores chores,
      Clock clock) {
    this.database = database;
    this.targets = new CustomTargetReads(behindWalls);
    this.tenants = tenants;
    this.signals = signals;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(HEAL_EVERY, "copying tenants' targets that a crash left", this::heal);
  }

  /** Before the change, which is made elsewhere. */
  Mark mark(Tenant tenant) {
    return database.run(connection -> mark(connection, tenant, true));
  }

  /** With the change. */
  Mark mark(Connection connection, Tenant tenant, boolean entitled) throws SQLException {
    Mark mark = new Mark(TimeOrderedId.at(clock.instant()));
    int _ =
        MARK.bind("id", mark.id())
            .bind("tenant_id", tenant.id())
            .bind("entitled", entitled)
            .update(connection);
    return mark;
  }

  /** Nothing was changed. */
  void forget(Mark mark) {
    database.run(
        connection -> {
          forget(connection, List.of(mark));
          return true;
        });
  }

  /** After the change committed, which stands even if this fails: then the chore does it. */
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

  /** Copies what changes left that never came to their end. */
  void heal() {
    abandoned()
        .forEach(
            (tenantId, left) ->
                copy(home(tenantId, left.entitled()), tenantId, left.marks(), left.entitled()));
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

  /** By tenant; what was said last of its plan counts. */
  private Map<UUID, Abandoned> abandoned() {
    Map<UUID, Abandoned> found = new LinkedHashMap<>();
    database
        .run(
            connection ->
                ABANDONED
                    .bind("seconds", ABANDONED_AFTER.toSeconds())
                    .all(
                        connection,
                        row ->
                            Map.entry(
                                Columns.uuid(row, "tenant_id"),
                                new Abandoned(
                                    row.getBoolean("entitled"),
                                    List.of(new Mark(Columns.uuid(row, "id")))))))
        .forEach(mark -> found.merge(mark.getKey(), mark.getValue(), Abandoned::then));
    return found;
  }
}
