package io.nettrace.edge.health;

import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.platform.Startup;
import jakarta.inject.Inject;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
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
  private final Standings standings;

  @Inject
  DatabaseCheck(Startup startup, Database database, Standings standings) {
    this.startup = startup;
    this.database = database;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.builder();
    check.withData("migrated", startup.isDatabaseReady());
    List<Trouble> troubles = trouble().stream().toList();
    return standings.tell(check, "database", troubles.isEmpty(), troubles);
  }

  private Optional<Trouble> trouble() {
    try {
      boolean _ =
          database.run(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  return statement.execute("select 1");
                }
              });
    } catch (DatabaseException e) {
      return Optional.of(
          new Trouble(
              "PostgreSQL does not answer: " + e.getMessage(),
              "Look whether it runs, at its log, and at nettrace.db.url; the service goes on by"
                  + " itself once it answers."));
    }
    return startup.isDatabaseReady()
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                "its change logs are not applied yet",
                "Wait a moment; if it lasts, the log says what is wrong."));
  }
}
