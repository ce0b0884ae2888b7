package io.nettrace.platform;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The container's pool of connections. Its transactions are ours, not JTA's: a delivery is one
 * local transaction, and COPY wants the driver's own connection.
 */
@Service
@DataSourceDefinition(
    name = DatabasePool.NAME,
    className = "org.postgresql.ds.PGSimpleDataSource",
    url = "${MPCONFIG=nettrace.db.url:" + DatabaseConfig.STANDARD_URL + "}",
    user = "${MPCONFIG=nettrace.db.user:" + DatabaseConfig.STANDARD_USER + "}",
    password = "${MPCONFIG=nettrace.db.password:}",
    initialPoolSize = 0,
    minPoolSize = 0,
    maxPoolSize = 20,
    transactional = false,
    properties = {
      // a connection that died with the server is noticed before it is handed out
      "fish.payara.is-connection-validation-required=true",
      // by a query of a few rows: the way by a class has the server load that class each time, and
      // a thread that waits for the loader's lock holds a processor
      "fish.payara.connection-validation-method=table",
      "fish.payara.validation-table-name=pg_am",
      "fish.payara.validate-atmost-once-period-in-seconds=1",
      "fish.payara.fail-all-connections=true",
      "fish.payara.max-wait-time-in-millis=3000",
      // statements that also run in tenants' schemas name tables of the record without one
      "currentSchema=catalog",
      "connectTimeout=3",
      "socketTimeout=60",
      // a statement whose caller has given up ends in the database as well
      "options=-c statement_timeout=60s",
      "reWriteBatchedInserts=true",
      // failures name no values: they are logged, and values are people's
      "logServerErrorDetail=false"
    })
public class DatabasePool {
  static final String NAME = "java:global/jdbc/nettrace";

  /** The name is bound after the first beans are made, so it is looked up at first use. */
  @Produces
  @Singleton
  Database database(DatabaseUse use, Entities entities) {
    return new Database(
        new Supplier<>() {
          private volatile @Nullable DataSource found;

          @Override
          public DataSource get() {
            DataSource pool = found;
            if (pool == null) {
              pool = lookUp();
              found = pool;
            }
            return pool;
          }
        },
        use.pool("platform"),
        entities::factory);
  }

  @SuppressWarnings("BanJNDI") // the name is ours, a constant
  private static DataSource lookUp() {
    try {
      return InitialContext.doLookup(NAME);
    } catch (NamingException e) {
      throw new IllegalStateException("the container does not know the pool " + NAME, e);
    }
  }
}
