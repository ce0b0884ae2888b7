package io.nettrace.platform;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** How long work waits for connections and holds them, as metrics of each pool. */
@Service
public class DatabaseUse {
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60
  };
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Histogram waits;
  private final Histogram uses;
  private final Gauge inUse;
  private final Counter failures;

  @Inject
  public DatabaseUse(PrometheusRegistry registry) {
    waits =
        histogram("nettrace_database_wait_seconds", "Time that work waited for a connection.")
            .register(registry);
    uses =
        histogram(
                "nettrace_database_use_seconds",
                "Time that a connection was held for a query or a transaction.")
            .register(registry);
    inUse =
        Gauge.builder()
            .name("nettrace_database_connections_in_use")
            .help("Connections that are held now.")
            .labelNames("pool")
            .register(registry);
    failures =
        Counter.builder()
            .name("nettrace_database_failures_total")
            .help(
                "Queries and transactions that failed, attacks of canaries among them, and"
                    + " connections that could not be had.")
            .labelNames("pool")
            .register(registry);
  }

  private static Histogram.Builder histogram(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames("pool")
        .classicOnly()
        .classicUpperBounds(SECONDS);
  }

  /** The meter of one pool; {@code name} is one of a few. */
  public Pool pool(String name) {
    return new Pool(
        waits.labelValues(name),
        uses.labelValues(name),
        inUse.labelValues(name),
        failures.labelValues(name));
  }

  /** A pool that nothing is told of. */
  static Pool untold() {
    return new DatabaseUse(new PrometheusRegistry()).pool("untold");
  }

  /** Measures the use of one pool. */
  public static final class Pool {
    private final DistributionDataPoint wait;
    private final DistributionDataPoint use;
    private final GaugeDataPoint inUse;
    private final CounterDataPoint failures;

    private Pool(
        DistributionDataPoint wait,
        DistributionDataPoint use,
        GaugeDataPoint inUse,
        CounterDataPoint failures) {
      this.wait = wait;
      this.use = use;
      this.inUse = inUse;
      this.failures = failures;
    }

    /** One that cannot be had was waited for as well. */
    private Connection connect(DataSource source) throws SQLException {
      long asked = System.nanoTime();
      try {
        return source.getConnection();
      } finally {
        wait.observe((System.nanoTime() - asked) / NANOS);
      }
    }

    <T> T run(DataSource source, Database.Work<T> work) throws SQLException {
      boolean done = false;
      try (Connection connection = connect(source)) {
        long had = System.nanoTime();
        inUse.inc();
        try {
          T result = work.run(connection);
          done = true;
          return result;
        } finally {
          inUse.dec();
          use.observe((System.nanoTime() - had) / NANOS);
        }
      } finally {
        if (!done) {
          failures.inc();
        }
      }
    }
  }
}
