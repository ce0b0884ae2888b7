package io.nettrace.edge.health;

import io.nettrace.platform.Service;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** The process answers. */
@Liveness
@Service
public class Alive implements HealthCheck {
  private static final String SINCE =
      Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()).toString();

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("process").up().withData("since", SINCE).build();
  }
}
