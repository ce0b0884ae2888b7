package io.nettrace.edge.front;

import io.nettrace.platform.Service;
import io.nettrace.platform.web.Gate;
import io.nettrace.platform.web.Plane;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What the front door tells of requests: how many, how long, how they ended, what was refused. */
@Service
public class RequestMetrics {
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrometheusRegistry registry;
  private final Histogram requests;
  private final Counter refused;
  private final Map<Answer, DistributionDataPoint> known = new ConcurrentHashMap<>();

  private record Answer(Plane plane, String kind, int hundreds) {}

  @Inject
  RequestMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    requests =
        Histogram.builder()
            .name("nettrace_http_request_seconds")
            .help("Requests and how long their answers took; of a stream, until it began.")
            .labelNames("listener", "kind", "status")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    refused =
        Counter.builder()
            .name("nettrace_http_refused_total")
            .help("Requests that the front door turned away, by the type of the problem.")
            .labelNames("reason")
            .register(registry);
    // told from the start, so that a first refusal is a step from 0
    FrontRefusals.COUNTED.forEach(problem -> refused.initLabelValues(problem.type()));
  }

  /** Tells how full the front door is. */
  void watch(Occupancy occupancy, Gate gate) {
    gauge("nettrace_http_requests_taken_in", "Requests taken in now.", occupancy::inside);
    gauge("nettrace_http_requests_worked_on", "Requests worked on now.", gate::inside);
  }

  private void gauge(String name, String help, IntSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(tell -> tell.call(value.getAsInt()))
        .register(registry);
  }

  void answered(Plane plane, String path, int status, long nanos) {
    known
        .computeIfAbsent(new Answer(plane, kind(path), status / 100), this::series)
        .observe(nanos / NANOS);
  }

  private DistributionDataPoint series(Answer answer) {
    return requests.labelValues(
        answer.plane.name().toLowerCase(Locale.ROOT), answer.kind, answer.hundreds + "xx");
  }

  void refused(String reason) {
    refused.labelValues(reason).inc();
  }

  /** One of a few, whatever is asked for. */
  private static String kind(String path) {
    if (path.startsWith("/api/")) {
      return "api";
    }
    if (path.startsWith("/assets/")
        || path.startsWith("/webjars/")
        || path.startsWith("/jakarta.faces.resource/")) {
      return "file";
    }
    return path.startsWith("/scanner") ? "scanner" : "page";
  }
}
