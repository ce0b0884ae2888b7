package io.nettrace.edge.health;

import io.nettrace.export.Exports;
import io.nettrace.platform.Chores;
import io.nettrace.platform.DatabaseException;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.platform.Service;
import io.nettrace.platform.event.ConsumerState;
import io.nettrace.platform.event.EventConsumers;
import io.nettrace.platform.job.JobStanding;
import io.nettrace.platform.job.Jobs;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.web.PageGate;
import io.nettrace.scan.ParkedOfTenant;
import io.nettrace.scan.ParkedParts;
import io.nettrace.scan.ScanCounters;
import io.nettrace.scan.Scanners;
import io.nettrace.scanner.SpoolState;
import io.nettrace.tenant.Canaries;
import io.nettrace.tenant.Cells;
import io.nettrace.tenant.TenantSchemas;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of deliveries, spools, walls, events, jobs and chores, and of the virtual machine.
 */
@Service
public class ServiceMetrics {
  private static final Logger LOG = System.getLogger(ServiceMetrics.class.getName());

  private final PrometheusRegistry registry;
  private final ScanCounters counters;
  private final Supplier<List<ParkedOfTenant>> parked;
  private final Supplier<List<Scanners.Scanner>> scanners;
  private final Chores chores;
  private final Canaries canaries;
  private final TenantSchemas schemas;
  private final Cells cells;
  private final Supplier<Outbox.Waiting> letters;
  private final Exports exports;
  private final Supplier<List<JobStanding>> jobs;
  private final Supplier<List<ConsumerState>> consumers;
  private final PageGate pages;
  private final Clock clock;

  @Inject
  ServiceMetrics(
      PrometheusRegistry registry,
      ScanCounters counters,
      ParkedParts parked,
      Scanners scanners,
      Chores chores,
      Canaries canaries,
      TenantSchemas schemas,
      Cells cells,
      Outbox outbox,
      Exports exports,
      Jobs jobs,
      EventConsumers consumers,
      PageGate pages,
      Clock clock) {
    this.registry = registry;
    this.counters = counters;
    this.parked = new Reading<>(parked::byTenant);
    this.scanners = new Reading<>(scanners::lately);
    this.chores = chores;
    this.canaries = canaries;
    this.schemas = schemas;
    this.cells = cells;
    this.letters = new Reading<>(outbox::waiting);
    this.exports = exports;
    this.jobs = new Reading<>(jobs::standings);
    this.consumers = new Reading<>(consumers::states);
    this.pages = pages;
    this.clock = clock;
  }

  void register(@Observes @Initialized(ApplicationScoped.class) Object context) {
    JvmMetrics.builder().register(registry);
    counter("nettrace_deliveries_stored_total", "Deliveries stored.", counters::deliveries);
    counter("nettrace_deliveries_repeated_total", "Deliveries known before.", counters::duplicates);
    counter("nettrace_samples_stored_total", "Measurements stored.", counters::accepted);
    counter("nettrace_samples_refused_total", "Measurements not believed.", counters::refused);
    counter(
        "nettrace_samples_left_out_total",
        "Measurements lost because a tenant's schema did not take them and they could not wait.",
        counters::leftOut);
    gauge("nettrace_scanner_silence_seconds", "Time since any scanner spoke.", this::silence);
    registerSpools();
    registerQueues();
    registerParked();
    registerJobs();
    registerConsumers();
    gauge("nettrace_wall_attacks", "Kinds of attacks that canaries tried.", () -> attacks(true));
    gauge("nettrace_walls_breached", "Attacks that got through a wall.", () -> attacks(false));
    gauge("nettrace_schemas_spare", "Schemas that wait for a tenant.", some(schemas::spare));
    gauge(
        "nettrace_schemas_behind",
        "Tenants left behind by a migration.",
        some(schemas::leftBehind));
    gauge("nettrace_chores_failing", "Chores that failed last time.", this::failing);
    gauge("nettrace_pages_rendered", "Pages that are rendered now.", some(pages::inside));
    gauge(
        "nettrace_tenant_connections",
        "Connections that the pools of all cells hold open.",
        some(cells::connections));
  }

  private void registerQueues() {
    gauge(
        "nettrace_letters_waiting",
        "Letters that are to be sent.",
        () -> OptionalDouble.of(letters.get().letters()));
    gauge(
        "nettrace_letters_oldest_seconds",
        "How long the oldest of them has waited; 0 when none does.",
        () -> OptionalDouble.of(age(letters.get().oldest())));
    gauge(
        "nettrace_exports_waiting",
        "Exports that were ordered and are not made yet.",
        () -> OptionalDouble.of(exports.waiting()));
  }

  private void registerParked() {
    gauge(
        "nettrace_parked_measurements",
        "Measurements that wait for their tenant's schema.",
        some(() -> parked.get().stream().mapToLong(ParkedOfTenant::measurements).sum()));
    gauge(
        "nettrace_parked_oldest_seconds",
        "How long the oldest of them has waited; 0 when none does.",
        some(() -> age(parked.get().stream().map(ParkedOfTenant::oldest).findFirst())));
  }

  private void registerJobs() {
    jobGauge("waiting", "Jobs that are to be run.", JobStanding::waiting);
    jobGauge("running", "Jobs that run now, on any node.", JobStanding::running);
    jobGauge(
        "oldest_seconds",
        "How long the longest waiting job has been due; 0 when none is.",
        one -> age(one.oldestDue()));
    jobGauge("dead", "Jobs that were given up.", JobStanding::dead);
    jobCounter("runs", "Attempts at jobs on this node.", JobStanding::runs);
    jobCounter("failures", "Attempts at jobs on this node that failed.", JobStanding::failures);
  }

  private void registerConsumers() {
    consumerGauge(
        "lag_seconds",
        "Age of the oldest event that a consumer has not taken in; 0 when there is none.",
        one -> age(one.oldestWaiting()));
    consumerGauge("failures", "How often in a row its next event failed.", ConsumerState::failures);
    consumerGauge("dead_letters", "Events that it gave up.", ConsumerState::deadLetters);
  }

  private void consumerGauge(String name, String help, ToDoubleFunction<ConsumerState> value) {
    GaugeWithCallback.builder()
        .name("nettrace_event_consumer_" + name)
        .help(help)
        .labelNames("consumer")
        .callback(
            tell ->
                unlessAway(
                    () -> {
                      consumers
                          .get()
                          .forEach(one -> tell.call(value.applyAsDouble(one), one.name()));
                      return OptionalDouble.empty();
                    }))
        .register(registry);
  }

  private void jobGauge(String name, String help, ToDoubleFunction<JobStanding> value) {
    GaugeWithCallback.builder()
        .name("nettrace_jobs_" + name)
        .help(help)
        .labelNames("type")
        .callback(tell -> jobs(value, tell::call))
        .register(registry);
  }

  private void jobCounter(String name, String help, ToDoubleFunction<JobStanding> value) {
    CounterWithCallback.builder()
        .name("nettrace_job_" + name + "_total")
        .help(help)
        .labelNames("type")
        .callback(tell -> jobs(value, tell::call))
        .register(registry);
  }

  private void jobs(ToDoubleFunction<JobStanding> value, Labelled labelled) {
    unlessAway(
        () -> {
          jobs.get().forEach(one -> labelled.tell(value.applyAsDouble(one), one.type()));
          return OptionalDouble.empty();
        });
  }

  private double age(Optional<Instant> since) {
    return since
        .map(at -> Math.max(0, Duration.between(at, clock.instant()).toMillis() / 1000.0))
        .orElse(0.0);
  }

  private void registerSpools() {
    GaugeWithCallback.builder()
        .name("nettrace_scanner_last_heard_seconds")
        .help("Time since each scanner of the last day was heard, by any node.")
        .labelNames("vantage_point", "instance")
        .callback(tell -> scanners(one -> age(Optional.of(one.lastSeen())), tell::call))
        .register(registry);
    spoolGauge("waiting_deliveries", "Deliveries that wait in a spool.", SpoolState::waiting);
    spoolGauge("bytes", "Size of a spool.", SpoolState::bytes);
    spoolGauge("quarantined_files", "Damaged files in a spool.", SpoolState::quarantined);
    spoolGauge(
        "unwritten_measurements",
        "Measurements in memory because the spool's disk is full.",
        SpoolState::unwritten);
    spoolCounter("thinned_traces", "Traces cut for room.", SpoolState::thinnedTraces);
    spoolCounter("dropped_traces", "Traces lost for room.", SpoolState::droppedTraces);
    spoolCounter("dropped_bursts", "Bursts lost for room.", SpoolState::droppedBursts);
  }

  /** Of the scanners of all nodes, as each last said. */
  private void spoolGauge(String name, String help, ToDoubleFunction<SpoolState> value) {
    GaugeWithCallback.builder()
        .name("nettrace_spool_" + name)
        .help(help)
        .labelNames("vantage_point", "instance")
        .callback(tell -> spools(value, tell::call))
        .register(registry);
  }

  private void spoolCounter(String name, String help, ToDoubleFunction<SpoolState> value) {
    CounterWithCallback.builder()
        .name("nettrace_spool_" + name + "_total")
        .help(help)
        .labelNames("vantage_point", "instance")
        .callback(tell -> spools(value, tell::call))
        .register(registry);
  }

  private interface Labelled {
    void tell(double value, String... labels);
  }

  private void spools(ToDoubleFunction<SpoolState> value, Labelled labelled) {
    scanners(one -> value.applyAsDouble(one.spool()), labelled);
  }

  private void scanners(ToDoubleFunction<Scanners.Scanner> value, Labelled labelled) {
    unlessAway(
        () -> {
          for (Scanners.Scanner one : scanners.get()) {
            labelled.tell(value.applyAsDouble(one), one.vantagePoint(), one.instance().toString());
          }
          return OptionalDouble.empty();
        });
  }

  private OptionalDouble attacks(boolean all) {
    return OptionalDouble.of(
        canaries.findings().stream().filter(one -> all || !one.withstood()).mapToInt(_ -> 1).sum());
  }

  private OptionalDouble failing() {
    return OptionalDouble.of(
        chores.states().stream().filter(state -> state.failures() > 0).mapToInt(_ -> 1).sum());
  }

  /** Nothing before the first delivery. */
  private OptionalDouble silence() {
    return counters.lastHeard().values().stream()
        .max(Instant::compareTo)
        .map(at -> OptionalDouble.of(Duration.between(at, clock.instant()).toMillis() / 1000.0))
        .orElseGet(OptionalDouble::empty);
  }

  private static Supplier<OptionalDouble> some(DoubleSupplier value) {
    return () -> OptionalDouble.of(value.getAsDouble());
  }

  /** Nothing is told while the database is away; one that fails does not take the others along. */
  private static OptionalDouble unlessAway(Supplier<OptionalDouble> value) {
    try {
      return value.get();
    } catch (DatabaseUnavailableException e) {
      return OptionalDouble.empty();
    } catch (DatabaseException e) {
      LOG.log(Level.ERROR, "a metric cannot be read", e);
      return OptionalDouble.empty();
    }
  }

  private void gauge(String name, String help, Supplier<OptionalDouble> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(tell -> unlessAway(value).ifPresent(tell::call))
        .register(registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(tell -> tell.call(value.getAsDouble()))
        .register(registry);
  }
}
