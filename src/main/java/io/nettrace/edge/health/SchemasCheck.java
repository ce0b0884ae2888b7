package io.nettrace.edge.health;

import io.nettrace.platform.Service;
import io.nettrace.tenant.TenantSchemas;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The tenants whose schema could not be migrated, and why. Up all the same: the others are served.
 */
@Readiness
@Service
public class SchemasCheck implements HealthCheck {
  private static final int MOST = 20;

  private final TenantSchemas schemas;
  private final Standings standings;

  @Inject
  SchemasCheck(TenantSchemas schemas, Standings standings) {
    this.schemas = schemas;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    return standings.check(
        "schemas of tenants",
        check -> {
          Map<UUID, String> failures = schemas.failures();
          check.withData("left behind", failures.size());
          failures.entrySet().stream()
              .limit(MOST)
              .forEach(one -> check.withData(one.getKey().toString(), one.getValue()));
          return failures.isEmpty()
              ? List.of()
              : List.of(
                  new Trouble(
                      "%d tenants are not served, since their schema is behind"
                          .formatted(failures.size()),
                      "Mend what stands beside each tenant; its schema is tried again by itself."));
        });
  }
}
