package io.nettrace.edge.health;

import io.nettrace.platform.Chores;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** How the cluster's upkeep fares, as data: it never makes this node unready. */
@Readiness
@Service
public class ChoresCheck implements HealthCheck {
  private final Chores chores;

  @Inject
  ChoresCheck(Chores chores) {
    this.chores = chores;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.named("chores").up();
    try {
      chores.states().forEach(state -> tell(check, state));
    } catch (DatabaseException e) {
      check.withData("unknown", "the database cannot be asked");
    }
    return check.build();
  }

  private static void tell(HealthCheckResponseBuilder check, Chores.State state) {
    state
        .lastSuccess()
        .ifPresent(at -> check.withData(state.name() + ".last_success", at.toString()));
    state
        .lastFailure()
        .ifPresent(at -> check.withData(state.name() + ".last_failure", at.toString()));
    check.withData(state.name() + ".failures_in_a_row", state.failures());
  }
}
