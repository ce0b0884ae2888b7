package io.nettrace.edge.health;

import io.nettrace.platform.PlatformConfig;
import io.nettrace.platform.Service;
import io.nettrace.scan.ScanCounters;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** When each vantage point was last heard, as data: it never makes this node unready. */
@Readiness
@Service
public class ScannerCheck implements HealthCheck {
  private final ScanCounters counters;
  private final PlatformConfig config;
  private final Clock clock;

  @Inject
  ScannerCheck(ScanCounters counters, PlatformConfig config, Clock clock) {
    this.counters = counters;
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
    return check.build();
  }
}
