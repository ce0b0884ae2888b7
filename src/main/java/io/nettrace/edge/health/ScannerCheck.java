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
import java.util.ArrayList;
import java.util.List;
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
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
  private static final String SILENT =
      "Look whether it runs, at its log, and whether it reaches the listener of operations or of"
          + " scanners.";

  private final Startup startup;
  private final ScanCounters counters;
  private final Scanners scanners;
  private final PlatformConfig config;
  private final Clock clock;
  private final Standings standings;

  @Inject
  ScannerCheck(
      Startup startup,
      ScanCounters counters,
      Scanners scanners,
      PlatformConfig config,
      Clock clock,
      Standings standings) {
    this.startup = startup;
    this.standings = standings;
    this.counters = counters;
    this.scanners = scanners;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder check = HealthCheckResponse.builder();
    List<Trouble> troubles = new ArrayList<>();
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
        List<Scanners.Scanner> lately = scanners.lately();
        lately.forEach(scanner -> tell(check, scanner));
        troubles.addAll(troubles(lately));
      } catch (DatabaseException e) {
        return standings.tellUnknown(check, "scanners");
      }
    }
    return standings.tell(check, "scanners", true, troubles);
  }

  private List<Trouble> troubles(List<Scanners.Scanner> lately) {
    if (lately.isEmpty()) {
      return List.of(new Trouble("no scanner was heard for a day", SILENT));
    }
    List<Trouble> troubles = new ArrayList<>();
    for (Scanners.Scanner one : lately) {
      String name = one.vantagePoint() + "/" + one.instance();
      Duration silence = Duration.between(one.lastSeen(), clock.instant());
      if (silence.compareTo(LONGEST_SILENCE) > 0) {
        troubles.add(
            new Trouble("%s was not heard since %s".formatted(name, one.lastSeen()), SILENT));
      }
      if (one.spool().unwritten() > 0) {
        troubles.add(new Trouble(name + " has a full disk", "Make room on the disk of its spool."));
      }
    }
    return troubles;
  }

  private static void tell(HealthCheckResponseBuilder check, Scanners.Scanner scanner) {
    String name = scanner.vantagePoint() + "/" + scanner.instance();
    check.withData(name + ".last_seen", scanner.lastSeen().toString());
    check.withData(name + ".slices", scanner.slices());
    check.withData(name + ".spool_deliveries", scanner.spool().waiting());
    check.withData(name + ".spool_bytes", scanner.spool().bytes());
    check.withData(name + ".unwritten_measurements", scanner.spool().unwritten());
    check.withData(name + ".thinned_traces", scanner.spool().thinnedTraces());
    check.withData(name + ".dropped_traces", scanner.spool().droppedTraces());
    check.withData(name + ".dropped_bursts", scanner.spool().droppedBursts());
    check.withData(name + ".quarantined_files", scanner.spool().quarantined());
  }
}
