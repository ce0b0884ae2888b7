package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.tenant.Canaries;
import jakarta.inject.Inject;
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

  @Inject
  CanaryCheck(Canaries canaries) {
    this.canaries = canaries;
  }

  /** Down as long as one attack gets through: a node that leaks must not be asked. */
  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.named("walls between tenants");
    try {
      List<Canaries.Finding> findings = canaries.findings();
      findings.forEach(
          one ->
              check.withData(
                  one.attack(), one.withstood() ? "withstood" : "BREACHED: " + one.detail()));
      return check.status(findings.stream().allMatch(Canaries.Finding::withstood)).build();
    } catch (DatabaseException e) {
      return check.up().withData("not known", "the database is away").build();
    }
  }
}
