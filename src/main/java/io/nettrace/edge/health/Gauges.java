package io.nettrace.edge.health;

import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.scan.ScanCounters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What is counted besides what the container counts. */
@Service
public class Gauges {
  private final MetricRegistry registry;
  private final ScanCounters counters;
  private final Clock clock;

  @Inject
  Gauges(MetricRegistry registry, ScanCounters counters, Clock clock) {
    this.registry = registry;
    this.counters = counters;
    this.clock = clock;
  }

  void register(@Observes DatabaseReady ready) {
    gauge("nettrace_deliveries_stored", "Deliveries stored", ScanCounters::deliveries);
    gauge("nettrace_deliveries_repeated", "Deliveries known before", ScanCounters::duplicates);
    gauge("nettrace_samples_stored", "Measurements stored", ScanCounters::accepted);
    gauge("nettrace_samples_refused", "Measurements not believed", ScanCounters::refused);
    gauge("nettrace_scanner_silence_seconds", "Time since any scanner spoke", this::silence);
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
