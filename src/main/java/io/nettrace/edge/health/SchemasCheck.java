package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.tenant.TenantSchemas;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The tenants whose schema could not be migrated, and why. Up all the same: the others are served.
 */
@Readiness
@Service
public class SchemasCheck implements HealthCheck {
  private static final int MOST = 20;

  private final TenantSchemas schemas;

  @Inject
  SchemasCheck(TenantSchemas schemas) {
    this.schemas = schemas;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.named("schemas of tenants").up();
    try {
      Map<UUID, String> failures = schemas.failures();
      check.withData("left behind", failures.size());
      failures.entrySet().stream()
          .limit(MOST)
          .forEach(one -> check.withData(one.getKey().toString(), one.getValue()));
    } catch (DatabaseException e) {
      check.withData("not known", "the database is away");
    }
    return check.build();
  }
}
