package io.nettrace.target;

import io.nettrace.metric.Protocol;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
  private static final String ABANDONED =
      """
      select id, tenant_id, entitled from platform.tenant_target_syncs
      where marked_at < clock_timestamp() - ? * interval '1 second' order by marked_at
      """;
  private static final String PUT =
      """
      insert into platform.assigned_targets as a
        (target_id, tenant_id, host, port, methods, burst_every_seconds, created_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (target_id) do update set
        methods = excluded.methods, burst_every_seconds = excluded.burst_every_seconds
      where a.tenant_id = excluded.tenant_id
      """;

  private final Database database;
  private final CustomTargetReads targets;
  private final Tenants tenants;
  private final Signals signals;
  private final Chores chores;
  private final Clock clock;

  /** A change that is under way. */
  record Mark(UUID id) {}

  private record Abandoned(boolean entitled, List<Mark> marks) {}

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
    return entitled ? tenants.isolate(tenantId) : tenants.find(tenantId);
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
    try (PreparedStatement lock =
        transaction.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK);
      lock.setString(2, tenantId.toString());
      lock.execute();
    }
  }

  private static void removeAllBut(
      Connection transaction, UUID tenantId, List<CustomTarget> targets) throws SQLException {
    try (PreparedStatement delete =
        transaction.prepareStatement(
            "delete from platform.assigned_targets where tenant_id = ? and target_id <> all (?)")) {
      delete.setObject(1, tenantId);
      delete.setArray(
          2, transaction.createArrayOf("text", targets.stream().map(CustomTarget::id).toArray()));
      delete.executeUpdate();
    }
  }

  private static void put(Connection transaction, UUID tenantId, List<CustomTarget> targets)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(PUT)) {
      for (CustomTarget target : targets) {
        insert.setString(1, target.id());
        insert.setObject(2, tenantId);
        insert.setString(3, target.host());
        insert.setInt(4, target.port());
        insert.setArray(
            5,
            transaction.createArrayOf(
                "text", target.methods().stream().map(Protocol::name).toArray()));
        insert.setInt(6, (int) target.burstEvery().toSeconds());
        insert.setObject(7, Columns.utc(target.createdAt()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void forget(Connection connection, List<Mark> marks) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from platform.tenant_target_syncs where id = any (?)")) {
      delete.setArray(1, connection.createArrayOf("uuid", marks.stream().map(Mark::id).toArray()));
      delete.executeUpdate();
    }
  }

  /** By tenant; what was said last of its plan counts. */
  private Map<UUID, Abandoned> abandoned() {
    return database.run(
        connection -> {
          Map<UUID, Abandoned> found = new LinkedHashMap<>();
          try (PreparedStatement query = connection.prepareStatement(ABANDONED)) {
            query.setLong(1, ABANDONED_AFTER.toSeconds());
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                UUID tenantId = row.getObject("tenant_id", UUID.class);
                List<Mark> marks = new ArrayList<>();
                Abandoned before = found.get(tenantId);
                if (before != null) {
                  marks.addAll(before.marks());
                }
                marks.add(new Mark(row.getObject("id", UUID.class)));
                found.put(tenantId, new Abandoned(row.getBoolean("entitled"), marks));
              }
            }
          }
          return found;
        });
  }
}
