package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.PlatformConfig;
import io.nettrace.platform.Service;
import io.nettrace.platform.Startup;
import io.nettrace.scan.ScanCounters;
import io.nettrace.scan.Scanners;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * When each vantage point was last heard here, and what the scanners of all nodes hold and gave up,
 * as data: it never makes this node unready.
 */
@Readiness
@Service
public class ScannerCheck implements HealthCheck {
  private final Startup startup;
  private final ScanCounters counters;
  private final Scanners scanners;
  private final PlatformConfig config;
  private final Clock clock;

  @Inject
  ScannerCheck(
      Startup startup,
      ScanCounters counters,
      Scanners scanners,
      PlatformConfig config,
      Clock clock) {
    this.startup = startup;
    this.counters = counters;
    this.scanners = scanners;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.named("scanners").up();
    check.withData("network", config.network());
    counters
        .lastHeard()
        .forEach(
            (name, at) ->
                check.withData(
                    name + ".last_heard_seconds_ago",
                    Duration.between(at, clock.instant()).toSeconds()));
    if (startup.isDatabaseReady()) {
      try {
        scanners.lately().forEach(scanner -> tell(check, scanner));
      } catch (DatabaseException e) {
        check.withData("unknown", "the database cannot be asked");
      }
    }
    return check.build();
  }

  private static void tell(HealthCheckResponseBuilder check, Scanners.Scanner scanner) {
    String name = scanner.vantagePoint() + "/" + scanner.instance();
    check.withData(name + ".last_seen", scanner.lastSeen().toString());
    check.withData(name + ".slices", scanner.slices());
    check.withData(name + ".spool_deliveries", scanner.spool().waiting());
    check.withData(name + ".spool_bytes", scanner.spool().bytes());
    check.withData(name + ".thinned_traces", scanner.spool().thinnedTraces());
    check.withData(name + ".dropped_traces", scanner.spool().droppedTraces());
    check.withData(name + ".dropped_bursts", scanner.spool().droppedBursts());
    check.withData(name + ".quarantined_files", scanner.spool().quarantined());
  }
}
