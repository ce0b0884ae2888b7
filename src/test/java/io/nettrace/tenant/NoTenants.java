package io.nettrace.tenant;

import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseConfig;
import io.nettrace.platform.DatabaseUse;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Signals;
import io.nettrace.testing.NoObservers;
import io.nettrace.testing.TestEntities;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An installation in which nobody has signed up, for tests of what everybody may see. */
public final class NoTenants {
  private final Database database;
  private final TenantConfig config = TenantConfig.from(Settings.of(Map.of()));
  private final Cells cells;
  private final TenantSchemas schemas;

  public NoTenants(Database database) {
    this.database = database;
    this.cells =
        new Cells(
            database,
            new DatabaseConfig("jdbc:postgresql:", "", Optional.empty()),
            config,
            "a secret of this test's own, long enough",
            new DatabaseUse(new PrometheusRegistry()),
            TestEntities::factory);
    this.schemas =
        new TenantSchemas(
            database,
            cells,
            config,
            new Chores(database),
            Clock.systemUTC(),
            new ChangeLog(List.of()));
  }

  public TenantDatabase walls() {
    return new TenantDatabase(cells, schemas, tenants());
  }

  public Tenants tenants() {
    return new Tenants(
        database,
        schemas,
        new Signals(database),
        new Chores(database),
        new NoObservers<>(),
        config,
        Clock.systemUTC());
  }
}
