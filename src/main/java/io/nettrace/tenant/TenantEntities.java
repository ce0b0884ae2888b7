package io.nettrace.tenant;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.jspecify.annotations.Nullable;

/**
 * Entities of a tenant, through Hibernate's multi-tenancy by schema: a session has its connection
 * from behind the tenant's {@link Walls}, so the same entity is another table for each tenant.
 */
@Service
public class TenantEntities {
  private static final int STATEMENTS_AT_ONCE = 50;
  private static final String OLDEST_POSTGRESQL = "15";

  private final Instance<EntityClasses> components;
  private final WalledConnections connections;
  private @Nullable SessionFactory factory;

  @Inject
  TenantEntities(@Any Instance<EntityClasses> components, TenantDatabase database, Cells cells) {
    this.components = components;
    this.connections = new WalledConnections(database, cells);
  }

  /** All or nothing, behind both walls. Entities that are returned are detached. */
  public <T> T transaction(Tenant tenant, Function<Session, T> work) {
    try (Session session =
        factory().withOptions().tenantIdentifier((Object) tenant).openSession()) {
      Transaction transaction = session.beginTransaction();
      boolean committed = false;
      try {
        T result = work.apply(session);
        transaction.commit();
        committed = true;
        return result;
      } finally {
        if (!committed && transaction.isActive()) {
          transaction.rollback();
        }
      }
    } catch (JDBCException e) {
      throw DatabaseException.of(e.getSQLException());
    }
  }

  /** Made at first use: most nodes start without anybody asking for an entity. */
  private synchronized SessionFactory factory() {
    SessionFactory made = factory;
    if (made == null) {
      MetadataSources sources =
          new MetadataSources(
              new StandardServiceRegistryBuilder().applySettings(settings()).build());
      components.stream()
          .flatMap(component -> component.entities().stream())
          .forEach(sources::addAnnotatedClass);
      made = sources.buildMetadata().buildSessionFactory();
      factory = made;
    }
    return made;
  }

  private Map<String, Object> settings() {
    return Map.of(
        AvailableSettings.MULTI_TENANT_CONNECTION_PROVIDER,
        connections,
        // which columns there are is the change log's business, so the database is not asked
        "hibernate.boot.allow_jdbc_metadata_access",
        false,
        AvailableSettings.JAKARTA_HBM2DDL_DB_NAME,
        "PostgreSQL",
        AvailableSettings.JAKARTA_HBM2DDL_DB_VERSION,
        OLDEST_POSTGRESQL,
        AvailableSettings.TRANSACTION_COORDINATOR_STRATEGY,
        "jdbc",
        // connections come with their transaction begun
        AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT,
        true,
        AvailableSettings.STATEMENT_BATCH_SIZE,
        STATEMENTS_AT_ONCE,
        AvailableSettings.HBM2DDL_AUTO,
        "none");
  }

  @PreDestroy
  synchronized void stop() {
    if (factory != null) {
      factory.close();
    }
  }
}
