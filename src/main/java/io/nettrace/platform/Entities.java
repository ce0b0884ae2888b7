package io.nettrace.platform;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's mapping of what people and contracts change, in the platform's schema and in
 * tenants'. It has no connections of its own: a session works on that of a {@link Tx}. Behind a
 * tenant's walls the search path says whose tables are meant, and the tenant's role may not read
 * the platform's.
 */
@Service
public class Entities {
  private static final int STATEMENTS_AT_ONCE = 50;
  private static final String OLDEST_POSTGRESQL = "15";

  /** Failures reach the caller; Hibernate would log them before, with their values. */
  private static final Logger FAILURES =
      Logger.getLogger("org.hibernate.engine.jdbc.spi.SqlExceptionHelper");

  private final Instance<EntityClasses> components;
  private @Nullable SessionFactory factory;

  @Inject
  public Entities(@Any Instance<EntityClasses> components) {
    this.components = components;
    FAILURES.setLevel(Level.OFF);
  }

  /** Made at first use: most nodes start without anybody asking for an entity. */
  public synchronized SessionFactory factory() {
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

  private static Map<String, Object> settings() {
    return Map.of(
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
  public synchronized void stop() {
    if (factory != null) {
      factory.close();
    }
  }
}
