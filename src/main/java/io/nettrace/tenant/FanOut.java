package io.nettrace.tenant;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Sql;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings all tenants' schemas up to date, several at a time, each in a transaction of its own that
 * also notes its version: it may be killed anywhere and begins again where it ended. A schema that
 * is out of use goes first, then those that did not fail before; if the first few all fail the
 * others are left alone. Once a release has migrated one schema, each that is behind is tried in
 * every run, whichever others are broken: one that was mended does not wait for them.
 */
final class FanOut {
  private static final Logger LOG = System.getLogger(FanOut.class.getName());
  private static final int WORKERS = 4;

  /** So many schemas are tried one by one before a release is given up for this time. */
  private static final int CANARIES = 3;

  private static final int LONGEST_REASON = 500;
  private static final Sql BEHIND =
      Sql.of(
          """
          select schema from platform.tenant_schemas where version < :version
          order by (tenant_id is null) desc, failed_at nulls first, built_at
          """);

  /** A schema built before one failed, and up to date: it was migrated to this release. */
  private static final Sql PROVEN =
      Sql.of(
          """
          select from platform.tenant_schemas
          where version >= :version and built_at < (
            select min(failed_at) from platform.tenant_schemas where version < :version)
          limit 1
          """);

  private static final Sql FAILED =
      Sql.of(
          "update platform.tenant_schemas set failure = :failure, failed_at = :failed_at where"
              + " schema = :schema");

  private final Database database;
  private final Schemas schemas;
  private final ChangeLog log;
  private final Clock clock;

  FanOut(Database database, Schemas schemas, ChangeLog log, Clock clock) {
    this.database = database;
    this.schemas = schemas;
    this.log = log;
    this.clock = clock;
  }

  /** Migrates what is behind. */
  void run() {
    List<String> behind = behind();
    if (behind.isEmpty()) {
      return;
    }
    LOG.log(Level.INFO, "{0} schemas of tenants are brought up to date", behind.size());
    List<String> left = isProven() ? behind : afterCanaries(behind);
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<?>> all = new ArrayList<>();
      left.forEach(schema -> all.add(workers.submit(() -> migrate(schema))));
      for (Future<?> each : all) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof DatabaseUnavailableException away) {
        throw away;
      }
      throw new IllegalStateException(e);
    }
  }

  /** What is left to do once one was migrated; nothing when the first few cannot be. */
  private List<String> afterCanaries(List<String> behind) {
    int most = Math.min(CANARIES, behind.size());
    for (int i = 0; i < most; i++) {
      String schema = behind.get(i);
      if (migrate(schema) || !behind().contains(schema)) {
        return behind.subList(i + 1, behind.size());
      }
    }
    LOG.log(Level.ERROR, "the first {0} of them failed, so no other is tried now", most);
    return List.of();
  }

  private boolean isProven() {
    return database.run(PROVEN.bind("version", log.version())::any);
  }

  /**
   * Whatever fails is this schema's failure, as long as the database can note it: one that breaks
   * its connection each time does not stop those after it.
   *
   * @throws DatabaseUnavailableException when the database is away
   */
  private boolean migrate(String schema) {
    try {
      return database.transaction(tx -> schemas.migrate(tx.connection(), schema));
    } catch (RuntimeException e) {
      note(schema, String.valueOf(e.getMessage()));
      LOG.log(Level.ERROR, "the schema {0} is left behind: {1}", schema, e.getMessage());
      return false;
    }
  }

  private void note(String schema, String failure) {
    int _ =
        database.run(
            FAILED
                    .bind(
                        "failure", failure.substring(0, Math.min(failure.length(), LONGEST_REASON)))
                    .bind("failed_at", clock.instant())
                    .bind("schema", schema)
                ::update);
  }

  private List<String> behind() {
    return database.run(
        connection ->
            BEHIND.bind("version", log.version()).all(connection, row -> row.getString("schema")));
  }
}
