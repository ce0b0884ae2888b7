package io.nettrace.tenant;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;

/**
 * The only place that hands out a tenant's connection. Each transaction runs under the tenant's
 * role and with the tenant's schema as its whole search path; both end with the transaction.
 */
@Service
public class TenantDatabase {
  private final Cells cells;

  @Inject
  TenantDatabase(Cells cells) {
    this.cells = cells;
  }

  /** All or nothing, behind both walls; tables are named without a schema. */
  public <T> T transaction(Tenant tenant, Database.Work<T> work) {
    Placement home = tenant.home();
    return cells.database(home.cell()).transaction(tx -> work.run(Walls.around(tx, home)));
  }
}
