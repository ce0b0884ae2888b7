package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.testing.SharedPostgres;
import io.nettrace.testing.TestEntities;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class DatabaseUseIT {
  private static final String WAIT = "nettrace_database_wait_seconds";
  private static final String USE = "nettrace_database_use_seconds";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Database pool = SharedPostgres.freshDatabase();
  private final Database database =
      new Database(pool::source, new DatabaseUse(registry).pool("platform"), TestEntities::factory);

  @Test
  void queriesTransactionsAndFailuresAreCounted() {
    database.run(
        connection -> {
          assertThat(inUse()).isOne();
          return "";
        });
    database.transaction(_ -> "");
    assertThat(count(WAIT)).isEqualTo(2);
    assertThat(count(USE)).isEqualTo(2);
    assertThat(failures()).isZero();

    assertThatThrownBy(
            () ->
                database.run(
                    connection -> {
                      try (Statement statement = connection.createStatement()) {
                        return statement.execute("select no such thing");
                      }
                    }))
        .isInstanceOf(DatabaseException.class);
    assertThat(count(USE)).isEqualTo(3);
    assertThat(failures()).isOne();
    assertThat(inUse()).isZero();
  }

  private long count(String name) {
    return ((HistogramSnapshot) found(name)).getDataPoints().getFirst().getCount();
  }

  private double failures() {
    return ((CounterSnapshot) found("nettrace_database_failures"))
        .getDataPoints()
        .getFirst()
        .getValue();
  }

  private double inUse() {
    return ((GaugeSnapshot) found("nettrace_database_connections_in_use"))
        .getDataPoints()
        .getFirst()
        .getValue();
  }

  private MetricSnapshot found(String name) {
    return registry.scrape(name::equals).stream().findFirst().orElseThrow();
  }
}
