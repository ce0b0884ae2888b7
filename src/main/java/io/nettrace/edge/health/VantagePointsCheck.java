package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import io.nettrace.scan.VantageFaults;
import io.nettrace.scanner.OwnFault;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Faults of vantage points that last, as data: this node is as ready as without them. */
@Readiness
@Service
public class VantagePointsCheck implements HealthCheck {
  private final VantageFaults faults;
  private final Standings standings;

  @Inject
  VantagePointsCheck(VantageFaults faults, Standings standings) {
    this.faults = faults;
    this.standings = standings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.builder();
    List<Trouble> troubles = new ArrayList<>();
    try {
      for (VantageFaults.Fault one : faults.open()) {
        OwnFault fault = one.fault();
        check.withData(
            one.vantagePoint() + "." + fault.kind().name(),
            fault.reason() + " since " + fault.beganAt());
        troubles.add(new Trouble(one.vantagePoint() + ": " + fault.reason(), remedy(fault.kind())));
      }
    } catch (DatabaseException e) {
      return standings.tellUnknown(check, "vantage points");
    }
    return standings.tell(check, "vantage points", true, troubles);
  }

  private static String remedy(OwnFault.Kind kind) {
    return switch (kind) {
      case LINE -> "Look at that machine's interface, gateway and firewall.";
      case RESOLVER -> "Look at the name servers of that machine.";
      case CLOCK -> "Have that machine's clock set by a time server.";
    };
  }
}
