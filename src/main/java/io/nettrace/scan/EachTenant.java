package io.nettrace.scan;

import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** Does the same for one tenant after another; one that fails does not stop the rest. */
public final class EachTenant {
  private static final Logger LOG = System.getLogger(EachTenant.class.getName());

  private final List<Tenant> tenants;
  private final String consequence;

  private EachTenant(List<Tenant> tenants, String consequence) {
    this.tenants = tenants;
    this.consequence = consequence;
  }

  /** All that have a schema; {@code consequence} says in the log what a failure means. */
  public static EachTenant withSchema(Tenants tenants, String consequence) {
    return new EachTenant(
        tenants.all().stream().filter(tenant -> tenant.placement().isPresent()).toList(),
        consequence);
  }

  /** Those of them that are served. */
  public static EachTenant served(Tenants tenants, String consequence) {
    List<Tenant> served =
        withSchema(tenants, consequence).tenants.stream()
            .filter(tenant -> tenant.state().isServed())
            .toList();
    return new EachTenant(served, consequence);
  }

  public void forEach(Consumer<Tenant> work) {
    for (Tenant tenant : tenants) {
      try {
        work.accept(tenant);
      } catch (RuntimeException e) {
        tell(tenant, e);
      }
    }
  }

  /** Not what failed in words, which may quote what only the tenant may see. */
  private void tell(Tenant tenant, RuntimeException failure) {
    Level level = failure instanceof DatabaseUnavailableException ? Level.INFO : Level.WARNING;
    LOG.log(level, "tenant {0}: {1} ({2})", tenant.id(), consequence, TenantFailure.name(failure));
  }
}
