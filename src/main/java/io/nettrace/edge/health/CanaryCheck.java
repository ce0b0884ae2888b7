package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.tenant.Canaries;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The walls between tenants: how the canary tenants' last attacks on each other ended. */
@Readiness
@Service
public class CanaryCheck implements HealthCheck {
  private final Canaries canaries;
  private final Standings standings;

  @Inject
  CanaryCheck(Canaries canaries, Standings standings) {
    this.canaries = canaries;
    this.standings = standings;
  }

  /** Down as long as one attack gets through: a node that leaks must not be asked. */
  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.builder();
    List<Trouble> troubles = new ArrayList<>();
    try {
      for (Canaries.Finding one : canaries.findings()) {
        check.withData(one.attack(), one.withstood() ? "withstood" : "BREACHED: " + one.detail());
        if (!one.withstood()) {
          troubles.add(
              new Trouble(
                  "one tenant reached another's data: " + one.attack(),
                  "Let no traffic reach this node, and report it with the log: it is a fault of the"
                      + " program or of rights that were changed in the database."));
        }
      }
    } catch (DatabaseException e) {
      return standings.tellUnknown(check, "walls between tenants");
    }
    return standings.tell(check, "walls between tenants", troubles.isEmpty(), troubles);
  }
}
