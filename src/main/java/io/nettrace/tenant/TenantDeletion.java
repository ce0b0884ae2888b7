package io.nettrace.tenant;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends a tenant when its grace is over: schema, role, and its rows in every table of the platform,
 * in one transaction. What stays is that its slug is used up.
 */
@Service
public class TenantDeletion {
  private static final Logger LOG = System.getLogger(TenantDeletion.class.getName());
  private static final Actor DELETION = new Actor.System("deletion");
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Tenants tenants;
  private final TenantSchemas schemas;
  private final Instance<TenantData> components;
  private final Chores chores;
  private final Clock clock;

  @Inject
  TenantDeletion(
      Database database,
      Tenants tenants,
      TenantSchemas schemas,
      @Any Instance<TenantData> components,
      Chores chores,
      Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.schemas = schemas;
    this.components = components;
    this.chores = chores;
    this.clock = clock;
  }

  void begin(@Observes DatabaseReady ready) {
    chores.every(EVERY, "deleting tenants whose grace is over", this::deleteDue);
  }

  /** Those whose time has come; one that fails does not hold up the others. */
  void deleteDue() {
    for (UUID id : database.run(connection -> TenantStore.due(connection, clock.instant()))) {
      try {
        boolean _ = delete(DELETION, id);
      } catch (io.nettrace.platform.DatabaseUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the tenant " + id + " cannot be deleted", e);
      }
    }
  }

  /** At once, without grace: for an operator, and for tests. Only one that is being deleted. */
  public boolean delete(Actor by, UUID id) {
    boolean gone =
        database.transaction(
            tx -> {
              Optional<Tenant> found =
                  TenantStore.find(tx.connection(), id)
                      .filter(t -> t.state() == TenantState.DELETING);
              if (found.isPresent()) {
                erase(by, tx, found.get());
              }
              return found.isPresent();
            });
    if (gone) {
      LOG.log(Level.INFO, "the tenant {0} was deleted", id);
    }
    return gone;
  }

  private void erase(Actor by, Tx tx, Tenant tenant) throws SQLException {
    for (TenantData component : components) {
      component.forget(tx, tenant.id());
    }
    if (tenant.placement().isPresent()) {
      schemas.schemas().drop(tx.connection(), tenant.placement().get());
    }
    TenantStore.retire(tx.connection(), tenant, clock.instant());
    // nothing is the tenant's any more, so it is the installation's
    tx.audit(by, AuditEntry.ofInstallation(TenantAct.DELETED, tenant.id().toString()));
    tenants.changed(tx, tenant.id());
  }
}
