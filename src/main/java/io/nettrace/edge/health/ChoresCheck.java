package io.nettrace.edge.health;

import io.nettrace.platform.Chores;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** How the cluster's upkeep fares, as data: it never makes this node unready. */
@Readiness
@Service
public class ChoresCheck implements HealthCheck {
  private final Chores chores;
  private final Standings standings;

  @Inject
  ChoresCheck(Chores chores, Standings standings) {
    this.chores = chores;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.builder();
    List<Trouble> troubles = new ArrayList<>();
    try {
      for (Chores.State state : chores.states()) {
        tell(check, state);
        if (state.failures() > 0) {
          troubles.add(
              new Trouble(
                  "%s failed %d times in a row".formatted(state.name(), state.failures()),
                  "It is tried again by itself; the log of the node that did it last says why it"
                      + " failed."));
        }
      }
    } catch (DatabaseException e) {
      return standings.tellUnknown(check, "chores");
    }
    return standings.tell(check, "chores", true, troubles);
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
