package io.nettrace.platform;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

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
      "fish.payara.connection-validation-method=custom-validation",
      "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation",
      "fish.payara.validate-atmost-once-period-in-seconds=1",
      "fish.payara.fail-all-connections=true",
      "fish.payara.max-wait-time-in-millis=3000",
      "connectTimeout=3",
      "socketTimeout=60",
      "reWriteBatchedInserts=true"
    })
public class DatabasePool {
  static final String NAME = "java:global/jdbc/nettrace";

  @SuppressWarnings("NullAway.Init") // the container fills it in before anybody can ask
  @Resource(lookup = NAME)
  DataSource pool;

  @Produces
  @Singleton
  Database database() {
    return new Database(pool);
  }
}
