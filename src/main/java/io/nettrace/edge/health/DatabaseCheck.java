package io.nettrace.edge.health;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Startup;
import jakarta.inject.Inject;
import java.sql.Statement;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The database answers and its change logs are applied. */
@Readiness
@Service
public class DatabaseCheck implements HealthCheck {
  private final Startup startup;
  private final Database database;

  @Inject
  DatabaseCheck(Startup startup, Database database) {
    this.startup = startup;
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.named("database");
    check.withData("migrated", startup.isDatabaseReady());
    return check.status(startup.isDatabaseReady() && answers()).build();
  }

  private boolean answers() {
    try {
      return database.run(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute("select 1");
            }
          });
    } catch (DatabaseException e) {
      return false;
    }
  }
}
