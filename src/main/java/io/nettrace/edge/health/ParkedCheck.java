package io.nettrace.edge.health;

import io.nettrace.platform.Service;
import io.nettrace.scan.ParkedOfTenant;
import io.nettrace.scan.ParkedParts;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Measurements that wait for a tenant's schema, as data: they never make this node unready. */
@Readiness
@Service
public class ParkedCheck implements HealthCheck {
  private static final int MOST = 20;

  private final ParkedParts parked;
  private final Standings standings;

  @Inject
  ParkedCheck(ParkedParts parked, Standings standings) {
    this.parked = parked;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    return standings.check(
        "parked measurements",
        check -> {
          List<ParkedOfTenant> all = parked.byTenant();
          check.withData(
              "measurements", all.stream().mapToLong(ParkedOfTenant::measurements).sum());
          all.stream()
              .limit(MOST)
              .forEach(
                  one ->
                      check.withData(
                          one.tenantId().toString(),
                          "%d since %s: %s"
                              .formatted(one.measurements(), one.oldest(), one.reason())));
          return troubles(all);
        });
  }

  static List<Trouble> troubles(List<ParkedOfTenant> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Trouble(
            "measurements of %d tenants wait for their schema".formatted(all.size()),
            "GET /operator/v1/parked says of whom and why; mend the schema before"
                + " nettrace.scan.oldest-accepted is over, and they are stored by themselves."));
  }
}
