package io.nettrace.tenant;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseConfig;
import io.nettrace.platform.DatabaseUse;
import io.nettrace.platform.Entities;
import io.nettrace.platform.EntityClasses;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Signals;
import io.nettrace.testing.Actors;
import io.nettrace.testing.Beans;
import io.nettrace.testing.NoObservers;
import io.nettrace.testing.SharedPostgres;
import io.nettrace.testing.TestEntities;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Tenants on a database of their own, as a node has them, under a login with the rights of the
 * service's and no more.
 */
public final class TenantKit implements AutoCloseable {
  public final Database database;
  public final Tenants tenants;
  public final TenantDatabase walls;
  public final TenantSchemas schemas;
  public final Cells cells;
  public final String url;
  private final List<EntityClasses> mapped = new ArrayList<>();
  private final Entities ofTheTest = new Entities(Beans.in(mapped));

  public TenantKit() {
    this(SharedPostgres.migratedOwnedUrl(), Map.of(), Clock.systemUTC());
  }

  /** A node on a migrated database that may have others. */
  public TenantKit(String url, Map<String, String> settings, Clock clock) {
    this(url, settings, clock, Optional.empty());
  }

  TenantKit(String url, Map<String, String> settings, Clock clock, Optional<ChangeLog> log) {
    this(url, source(url), settings, clock, log);
  }

  /** The same over connections of the test's own. */
  public TenantKit(String url, DataSource source, Map<String, String> settings, Clock clock) {
    this(url, source, settings, clock, Optional.empty());
  }

  private TenantKit(
      String url,
      DataSource source,
      Map<String, String> settings,
      Clock clock,
      Optional<ChangeLog> log) {
    this.url = url;
    database = new Database(() -> source, TestEntities::factory);
    TenantConfig config = TenantConfig.from(Settings.of(settings));
    cells =
        new Cells(
            database,
            new DatabaseConfig(url, "", Optional.empty()),
            config,
            "a secret of this test's own, long enough",
            new DatabaseUse(new PrometheusRegistry()),
            this::entities);
    Chores chores = new Chores(database);
    schemas =
        new TenantSchemas(database, cells, config, chores, clock, log.orElseGet(ChangeLog::read));
    tenants =
        new Tenants(
            database, schemas, new Signals(database), chores, new NoObservers<>(), config, clock);
    schemas.prepare();
    walls = new TenantDatabase(cells, schemas, tenants);
  }

  private SessionFactory entities() {
    return mapped.isEmpty() ? TestEntities.factory() : ofTheTest.factory();
  }

  /** Connections as a node has them. */
  public static DataSource source(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setCurrentSchema("catalog");
    return source;
  }

  /** Has as many schemas wait for a tenant as are set. */
  public void fill() {
    schemas.fill();
  }

  /** A tenant that is active. */
  public Tenant tenant(String slug) {
    return tenants.ensure(Actors.TEST, UUID.randomUUID(), slug, slug, TenantKind.CUSTOMER);
  }

  /** What the tenant's schema holds in its table of marks. */
  List<String> marks(Tenant tenant) {
    return walls.transaction(tenant, Sql.list("select mark from marks order by 1"));
  }

  void mark(Tenant tenant, String mark) {
    int _ = walls.transaction(tenant, Sql.update("insert into marks values (?)", mark));
  }

  /** Runs a statement as the owner of all tenants' schemas, as migrations do. */
  public void asOwner(String sql) {
    asOwner(sql, () -> {});
  }

  /** The same, and does something else before that is committed, such as while a lock is held. */
  public void asOwner(String sql, Runnable meanwhile) {
    String owner = database.transaction(tx -> Installation.prepare(tx.connection()).owner());
    boolean _ =
        database.transaction(
            tx -> {
              try (var statement = tx.connection().createStatement()) {
                statement.execute("set local role " + owner);
                statement.execute(sql);
                meanwhile.run();
                return true;
              }
            });
  }

  /** Has these entities instead of the product's behind walls; to be called before the first. */
  public void map(EntityClasses component) {
    mapped.add(component);
  }

  @Override
  public void close() {
    ofTheTest.stop();
    schemas.stop();
    cells.stop();
  }
}
