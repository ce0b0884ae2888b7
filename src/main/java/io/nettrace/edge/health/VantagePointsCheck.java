package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.scan.VantageFaults;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Faults of vantage points that last, as data: this node is as ready as without them. */
@Readiness
@Service
public class VantagePointsCheck implements HealthCheck {
  private final VantageFaults faults;

  @Inject
  VantagePointsCheck(VantageFaults faults) {
    this.faults = faults;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.named("vantage points").up();
    try {
      faults
          .open()
          .forEach(
              one ->
                  check.withData(
                      one.vantagePoint() + "." + one.fault().kind().name(),
                      one.fault().reason() + " since " + one.fault().beganAt()));
    } catch (DatabaseException e) {
      check.withData("unknown", "the database cannot be asked");
    }
    return check.build();
  }
}
