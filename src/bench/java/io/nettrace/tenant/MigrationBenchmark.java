package io.nettrace.tenant;

import com.zaxxer.hikari.HikariDataSource;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseConfig;
import io.nettrace.platform.DatabaseUse;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Sql;
import io.nettrace.testing.DurablePostgres;
import io.nettrace.testing.TestEntities;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A release that adds a column, a table and an index to every tenant's schema: how long the start
 * of the first node is held up by 1,000 tenants, and by the same when there is nothing to do. The
 * database writes to the disk as the product's does. Takes another number of tenants.
 */
public final class MigrationBenchmark {
  private static final int TENANTS = 1_000;
  private static final int CONNECTIONS = 20;
  private static final List<String> ADDED =
      List.of(
          "alter table custom_targets add column remark text not null default ''",
          "create table remarks (id bigint generated always as identity primary key, remark text)",
          "create index custom_targets_remark on custom_targets (remark)");

  private final String url;
  private final Database database;
  private final Cells cells;
  private final TenantConfig config;

  private MigrationBenchmark(String url, HikariDataSource pool, int tenants) {
    this.url = url;
    database = new Database(() -> pool);
    config =
        TenantConfig.from(
            Settings.of(Map.of("nettrace.tenant.spare-schemas", String.valueOf(tenants))));
    cells =
        new Cells(
            database,
            new DatabaseConfig(url, "", Optional.empty()),
            config,
            "a secret of this benchmark's own",
            new DatabaseUse(new PrometheusRegistry()),
            TestEntities::factory);
  }

  public static void main(String[] arguments) throws Exception {
    int tenants = arguments.length == 0 ? TENANTS : Integer.parseInt(arguments[0]);
    try (DurablePostgres postgres = DurablePostgres.migrated();
        HikariDataSource pool = postgres.pool(CONNECTIONS)) {
      new MigrationBenchmark(postgres.url(), pool, tenants).run(tenants);
    }
  }

  private void run(int tenants) {
    List<String> shipped = ChangeLog.read().after(0);
    TenantSchemas old = node(new ChangeLog(List.of(shipped)));
    old.prepare();
    long start = System.nanoTime();
    old.fill();
    System.out.printf(
        "%,d schemas built one after another: %.1f ms each%n", tenants, millis(start) / tenants);

    ChangeLog newer = new ChangeLog(List.of(shipped, ADDED));
    TenantSchemas fresh = node(newer);
    start = System.nanoTime();
    fresh.prepare();
    double took = millis(start);
    check(fresh, newer, tenants);
    System.out.printf(
        "an additive migration of all: %.2f s, %.2f ms each%n", took / 1000, took / tenants);

    TenantSchemas again = node(newer);
    start = System.nanoTime();
    again.prepare();
    System.out.printf("the next start, with nothing to do: %.0f ms%n", millis(start));
    List.of(old, fresh, again).forEach(TenantSchemas::stop);
    cells.stop();
  }

  private TenantSchemas node(ChangeLog log) {
    return new TenantSchemas(database, cells, config, new Chores(database), Clock.systemUTC(), log);
  }

  private void check(TenantSchemas node, ChangeLog log, int tenants) {
    long migrated =
        database.run(
            connection ->
                Sql.of(
                        """
                        select count(*) from platform.tenant_schemas s
                        join pg_namespace n on n.nspname = s.schema
                        join pg_class c on c.relnamespace = n.oid and c.relname = 'custom_targets'
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'remark'
                        where s.version = :version
                        """)
                    .bind("version", log.version())
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow());
    if (migrated != tenants || node.leftBehind() != 0) {
      throw new IllegalStateException("only %d at %s were migrated".formatted(migrated, url));
    }
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
