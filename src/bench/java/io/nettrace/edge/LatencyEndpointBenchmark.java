package io.nettrace.edge;

import io.nettrace.testing.Percentiles;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * {@code GET /api/v1/latency/{host}} with key check, quota and metering for 1,000 tenants in turn,
 * against a resource that returns the same bytes and does nothing else, in one Payara Micro, under
 * wrk in turn; then what it takes at a steady rate when 2,000 tenants call, and when the same calls
 * come from 10. Needs wrk and a packaged build ({@code mvn package -DskipTests}).
 */
public final class LatencyEndpointBenchmark {
  private static final int TENANTS = 2_000;
  private static final int TENANTS_UNDER_WRK = 1_000;
  private static final int FEW = 10;
  private static final int ROUNDS = 9;

  /** Many short ones: a machine that others share has bad seconds, and few rounds hit them. */
  private static final int STEADY_ROUNDS = 15;

  private static final int WARM_UP_SECONDS = 20;
  private static final int ROUND_SECONDS = 6;
  private static final int STEADY_SECONDS = 6;

  /** Few tenants have to bear it too: their plan has 100 calls a second. */
  private static final double STEADY_PER_SECOND = 500;

  private static final String LATENCY = BenchmarkServer.api("/latency/" + BenchmarkServer.HOST);
  private static final String BARE = "/bare/bytes";

  private final BenchmarkServer server;
  private final List<String> keys;

  private LatencyEndpointBenchmark(BenchmarkServer server, List<String> keys) {
    this.server = server;
    this.keys = keys;
  }

  public static void main(String[] arguments) throws Exception {
    try (BenchmarkServer server = new BenchmarkServer()) {
      List<String> keys = server.tenants("tenant", TENANTS, "enterprise");
      server.start(
          List.of("-D" + BareResource.FILE + "=" + server.data.resolve("bytes")), bare(server));
      LatencyEndpointBenchmark benchmark = new LatencyEndpointBenchmark(server, keys);
      benchmark.throughput();
      benchmark.steady();
    }
  }

  private static Path bare(BenchmarkServer server) {
    Path war = server.data.resolve("bare.war");
    ShrinkWrap.create(WebArchive.class)
        .addClasses(BareApplication.class, BareResource.class)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
        .as(ZipExporter.class)
        .exportTo(war.toFile());
    return war;
  }

  private void throughput() throws Exception {
    HttpResponse<String> answer = server.get(LATENCY, keys.getFirst());
    if (answer.statusCode() != 200 || !answer.body().contains("rtt_ms")) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    Files.writeString(server.data.resolve("bytes"), answer.body());
    Wrk wrk = new Wrk(server.port, server.data, keys.subList(0, TENANTS_UNDER_WRK));
    double _ = wrk.rate(LATENCY, WARM_UP_SECONDS);
    double _ = wrk.rate(BARE, WARM_UP_SECONDS);
    Turns.of(ROUNDS, () -> wrk.rate(LATENCY, ROUND_SECONDS), () -> wrk.rate(BARE, ROUND_SECONDS))
        .tell("latency, %,d tenants, req/s".formatted(TENANTS_UNDER_WRK), "bare resource, req/s");
  }

  private void steady() throws Exception {
    Turns.of(STEADY_ROUNDS, () -> p99(keys), () -> p99(keys.subList(0, FEW)))
        .tell(
            "p99 in ms, %,d tenants".formatted(keys.size()),
            "p99 in ms, %,d tenants".formatted(FEW));
  }

  private double p99(List<String> callers) throws Exception {
    SteadyCallers.Outcome outcome =
        new SteadyCallers(server.port, LATENCY, callers, STEADY_PER_SECOND).call(STEADY_SECONDS);
    if (outcome.statuses().size() != 1 || outcome.millis().isEmpty()) {
      throw new IllegalStateException("not all was answered: " + outcome.statuses());
    }
    return new Percentiles(outcome.millis()).at(99);
  }
}
