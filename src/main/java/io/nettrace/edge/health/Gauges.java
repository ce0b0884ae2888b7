package io.nettrace.edge.health;

import io.nettrace.platform.Chores;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.scan.ScanCounters;
import io.nettrace.scan.Scanners;
import io.nettrace.scanner.SpoolState;
import io.nettrace.tenant.Canaries;
import io.nettrace.tenant.TenantSchemas;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What is counted besides what the container counts. */
@Service
public class Gauges {
  private final MetricRegistry registry;
  private final ScanCounters counters;
  private final Scanners scanners;
  private final Chores chores;
  private final Canaries canaries;
  private final TenantSchemas schemas;
  private final Clock clock;

  @Inject
  Gauges(
      MetricRegistry registry,
      ScanCounters counters,
      Scanners scanners,
      Chores chores,
      Canaries canaries,
      TenantSchemas schemas,
      Clock clock) {
    this.registry = registry;
    this.counters = counters;
    this.scanners = scanners;
    this.chores = chores;
    this.canaries = canaries;
    this.schemas = schemas;
    this.clock = clock;
  }

  void register(@Observes DatabaseReady ready) {
    gauge("nettrace_deliveries_stored", "Deliveries stored", ScanCounters::deliveries);
    gauge("nettrace_deliveries_repeated", "Deliveries known before", ScanCounters::duplicates);
    gauge("nettrace_samples_stored", "Measurements stored", ScanCounters::accepted);
    gauge("nettrace_samples_refused", "Measurements not believed", ScanCounters::refused);
    gauge("nettrace_scanner_silence_seconds", "Time since any scanner spoke", this::silence);
    spools("nettrace_spool_deliveries", "Deliveries that wait in spools", SpoolState::waiting);
    spools("nettrace_spool_bytes", "Size of the spools", SpoolState::bytes);
    spools("nettrace_spool_thinned_traces", "Traces cut for room", SpoolState::thinnedTraces);
    spools("nettrace_spool_dropped_traces", "Traces lost for room", SpoolState::droppedTraces);
    spools("nettrace_spool_dropped_bursts", "Bursts lost for room", SpoolState::droppedBursts);
    spools("nettrace_spool_quarantined", "Damaged spool files", SpoolState::quarantined);
    gauge("nettrace_wall_attacks", "Kinds of attacks that canaries tried", _ -> attacks(true));
    gauge("nettrace_walls_breached", "Attacks that got through a wall", _ -> attacks(false));
    gauge(
        "nettrace_schemas_spare",
        "Schemas that wait for a tenant",
        _ -> unlessAway(schemas::spare));
    gauge(
        "nettrace_schemas_behind", "Tenants left behind by a migration", _ -> schemas.leftBehind());
    gauge("nettrace_chores_failing", "Chores that failed last time", _ -> failing());
  }

  /** Over the scanners of all nodes. */
  private void spools(String name, String description, ToDoubleFunction<SpoolState> value) {
    gauge(
        name,
        description,
        _ ->
            unlessAway(
                () ->
                    scanners.lately().stream()
                        .map(Scanners.Scanner::spool)
                        .mapToDouble(value)
                        .sum()));
  }

  private double attacks(boolean all) {
    return unlessAway(
        () -> canaries.findings().stream().filter(one -> all || !one.withstood()).count());
  }

  private double failing() {
    return unlessAway(() -> chores.states().stream().filter(state -> state.failures() > 0).count());
  }

  /** Not a number while the database is away. */
  private static double unlessAway(DoubleSupplier value) {
    try {
      return value.getAsDouble();
    } catch (DatabaseException e) {
      return Double.NaN;
    }
  }

  /** Not a number before the first delivery. */
  private double silence(ScanCounters heard) {
    return heard.lastHeard().values().stream()
        .max(java.time.Instant::compareTo)
        .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  private void gauge(String name, String description, ToDoubleFunction<ScanCounters> value) {
    Metadata metadata = Metadata.builder().withName(name).withDescription(description).build();
    var _ = registry.gauge(metadata, counters, value::applyAsDouble);
  }
}
