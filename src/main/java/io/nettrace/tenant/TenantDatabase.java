package io.nettrace.tenant;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The only place that hands out a tenant's connection. Each transaction runs under the tenant's
 * role and with the tenant's schema as its whole search path; both end with the transaction.
 */
@Service
public class TenantDatabase {
  private final Cells cells;
  private final TenantSchemas schemas;
  private final Tenants tenants;

  @Inject
  TenantDatabase(Cells cells, TenantSchemas schemas, Tenants tenants) {
    this.cells = cells;
    this.tenants = tenants;
    this.schemas = schemas;
  }

  /**
   * All or nothing, behind both walls; tables are named without a schema. A tenant whose schema
   * could not be migrated is unavailable, like a database that is away. The same entity is another
   * table for each tenant.
   */
  public <T> T transaction(Tenant tenant, Tx.Work<T> work) {
    return located(tenant, home -> behind(home, work));
  }

  /**
   * The rows of one query, behind both walls like any transaction and in a single round trip, so
   * that the walls cost a lone read little. The query must change nothing.
   */
  public <T> List<T> read(Tenant tenant, Sql query, Sql.Row<T> row) {
    return located(
        tenant, home -> cells.database(home.cell()).run(one -> Walls.read(one, home, query, row)));
  }

  private <T> T behind(Placement home, Tx.Work<T> work) {
    return cells
        .database(home.cell())
        .transaction(
            tx -> {
              Walls.raise(tx.connection(), home);
              return work.run(tx);
            });
  }

  /** Does {@code attempt} where the tenant is, also when it was moved since it was looked up. */
  <T, E extends Exception> T located(Tenant tenant, Attempt<T, E> attempt) throws E {
    try {
      return attempt.at(ready(tenant));
    } catch (Walls.RefusedException e) {
      Placement now = ready(tenants.refresh(tenant.id()).orElseThrow(() -> e));
      if (now.equals(tenant.home())) {
        throw e;
      }
      return attempt.at(now);
    }
  }

  /**
   * Whether the tenant has a schema, and one with every table that this release expects, as it was
   * when the tenant was looked up.
   */
  public boolean isReady(Tenant tenant) {
    return tenant.placement().filter(schemas::isUpToDate).isPresent();
  }

  /** What is done at a place. */
  interface Attempt<T, E extends Exception> {
    T at(Placement home) throws E;
  }

  /**
   * Where the tenant's data is, if it can be used now; a tenant without any is not to ask. Versions
   * only grow, so that the row is read again only of one that was behind: any node may have
   * migrated it meanwhile.
   */
  private Placement ready(Tenant tenant) {
    Placement home = tenant.home();
    if (isReady(tenant)) {
      return home;
    }
    return tenants
        .refresh(tenant.id())
        .filter(this::isReady)
        .map(Tenant::home)
        .orElseThrow(() -> new TenantBehindException(tenant));
  }
}
