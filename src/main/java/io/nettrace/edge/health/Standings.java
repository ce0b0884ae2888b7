package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.Service;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Since when each check of this node finds what it finds. Looks every few seconds, so that it is
 * known also where no one asked.
 */
@Service
public class Standings {
  private static final int EVERY_SECONDS = 10;

  private final Instance<HealthCheck> checks;
  private final Clock clock;
  private final Map<String, Standing> standings = new ConcurrentHashMap<>();
  private final ScheduledExecutorService look =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nettrace-health").factory());

  private record Standing(boolean isFine, Instant since) {}

  @Inject
  Standings(@Readiness Instance<HealthCheck> checks, Clock clock) {
    this.checks = checks;
    this.clock = clock;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object context) {
    var _ = look.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    for (HealthCheck check : checks) {
      try {
        HealthCheckResponse _ = check.call();
      } catch (RuntimeException e) {
        // a request is answered with it
      }
    }
  }

  /**
   * Answer of a check that looks into the database and never makes this node unready.
   *
   * @param look adds what it finds to the answer, and returns what is wrong with it
   */
  HealthCheckResponse check(String name, Function<HealthCheckResponseBuilder, List<Trouble>> look) {
    HealthCheckResponseBuilder check = HealthCheckResponse.builder();
    try {
      return tell(check, name, true, look.apply(check));
    } catch (DatabaseException e) {
      return tellUnknown(check, name);
    }
  }

  /** Completes a check's answer by what is wrong, what to do, and since when it is so. */
  HealthCheckResponse tell(
      HealthCheckResponseBuilder check, String name, boolean isUp, List<Trouble> troubles) {
    check.name(name).withData("since", since(name, troubles.isEmpty()).toString());
    if (!troubles.isEmpty()) {
      check.withData(
          "reason", troubles.stream().map(Trouble::reason).collect(Collectors.joining("; ")));
      check.withData(
          "remedy",
          troubles.stream().map(Trouble::remedy).distinct().collect(Collectors.joining(" ")));
    }
    return check.status(isUp).build();
  }

  /** Completes the answer of a check that cannot look now; what it found before stands. */
  HealthCheckResponse tellUnknown(HealthCheckResponseBuilder check, String name) {
    check.name(name).withData("unknown", "the database cannot be asked");
    Standing last = standings.get(name);
    if (last != null) {
      check.withData("since", last.since.toString());
    }
    return check.up().build();
  }

  private Instant since(String name, boolean isFine) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return standings
        .compute(
            name,
            (_, last) -> last == null || last.isFine() != isFine ? new Standing(isFine, now) : last)
        .since();
  }

  @PreDestroy
  void stop() {
    look.shutdownNow();
  }
}
