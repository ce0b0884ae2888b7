package io.nettrace.tenant;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.StartPhase;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every tenant's schema up to date and a few spare ones ready, so that a sign-up need not
 * wait for one to be built.
 */
@Service
public class TenantSchemas {
  private static final Logger LOG = System.getLogger(TenantSchemas.class.getName());
  private static final Duration REVIEW_EVERY = Duration.ofMinutes(1);
  private static final Sql SPARE =
      Sql.of("select count(*) as spare from platform.tenant_schemas where tenant_id is null");

  private static final Sql FAILURES =
      Sql.of(
          """
          select tenant_id, coalesce(failure, 'not tried yet') from platform.tenant_schemas
          where tenant_id is not null and version < :version
          """);

  private final Database database;
  private final Cells cells;
  private final TenantConfig config;
  private final Chores chores;
  private final Clock clock;
  private final ChangeLog log;
  private final ExecutorService builder =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("nettrace-schemas").factory());
  private @Nullable Schemas schemas;

  @Inject
  TenantSchemas(Database database, Cells cells, TenantConfig config, Chores chores, Clock clock) {
    this(database, cells, config, chores, clock, ChangeLog.read());
  }

  TenantSchemas(
      Database database,
      Cells cells,
      TenantConfig config,
      Chores chores,
      Clock clock,
      ChangeLog log) {
    this.database = database;
    this.cells = cells;
    this.config = config;
    this.chores = chores;
    this.clock = clock;
    this.log = log;
  }

  /** Before anybody else uses a tenant's schema. */
  void begin(@Observes @Priority(StartPhase.SCHEMAS) DatabaseReady ready) {
    prepare();
    chores.every(REVIEW_EVERY, "building spare schemas", this::fill);
    chores.every(REVIEW_EVERY, "migrating tenants that were left behind", this::migrate);
    fillSoon();
  }

  /** Checks our rights, makes the roles that all stand on, and migrates every schema. */
  void prepare() {
    schemas =
        database.transaction(
            tx -> {
              DatabaseRights.check(tx.connection());
              return new Schemas(Installation.prepare(tx.connection()), log, cells);
            });
    migrate();
  }

  void migrate() {
    new FanOut(database, schemas(), log, clock).run();
  }

  /** Whether the schema has every table that this release expects. */
  boolean isUpToDate(Placement home) {
    return home.version() >= log.version();
  }

  /** How many tenants' schemas could not be brought up to date. */
  public int leftBehind() {
    return failures().size();
  }

  /** Why the schema of each tenant that is left behind could not be migrated, by tenant. */
  public Map<UUID, String> failures() {
    return database
        .run(
            connection ->
                FAILURES
                    .bind("version", log.version())
                    .all(
                        connection,
                        row -> Map.entry(row.getObject(1, UUID.class), row.getString(2))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How many schemas wait for a tenant. */
  public int spare() {
    return database.run(TenantSchemas::spare);
  }

  /** Gives the tenant a schema; built now if none waits. */
  Placement claim(Connection transaction, UUID tenantId) throws SQLException {
    Optional<Placement> waiting = schemas().claim(transaction, tenantId);
    if (waiting.isPresent()) {
      fillSoon();
      return waiting.get();
    }
    schemas().build(transaction, clock.instant());
    return schemas()
        .claim(transaction, tenantId)
        .orElseThrow(() -> new IllegalStateException("the schema just built was taken"));
  }

  /** False when the tenant has a login of its own already, or no schema. */
  boolean isolate(Connection transaction, UUID tenantId) throws SQLException {
    return schemas().isolate(transaction, tenantId);
  }

  Schemas schemas() {
    return Objects.requireNonNull(schemas, "no schema is asked for before the database is ready");
  }

  /** Builds until enough are spare, one after another whoever builds. */
  void fill() {
    while (database.transaction(tx -> buildIfWanted(tx.connection()))) {}
  }

  private boolean buildIfWanted(Connection transaction) throws SQLException {
    Installation.lock(transaction);
    if (spare(transaction) >= config.spareSchemas()) {
      return false;
    }
    schemas().build(transaction, clock.instant());
    return true;
  }

  private void fillSoon() {
    try {
      builder.execute(this::attemptToFill);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "no spare schemas are built while we stop");
    }
  }

  private void attemptToFill() {
    try {
      fill();
    } catch (DatabaseException e) {
      LOG.log(Level.WARNING, "no spare schema can be built now: {0}", e.getMessage());
    }
  }

  private static int spare(Connection connection) throws SQLException {
    return SPARE.first(connection, row -> row.getInt("spare")).orElseThrow();
  }

  @PreDestroy
  void stop() {
    builder.shutdownNow();
  }
}
