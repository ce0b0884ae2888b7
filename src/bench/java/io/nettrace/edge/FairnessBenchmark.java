package io.nettrace.edge;

import io.nettrace.testing.Percentiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Ten tenants call at a steady rate while another calls at a hundred times what its plan allows, or
 * does not: what the ten notice. Needs a packaged build ({@code mvn package -DskipTests}).
 */
public final class FairnessBenchmark {
  private static final String LATENCY = BenchmarkServer.api("/latency/" + BenchmarkServer.HOST);
  private static final int OTHERS = 10;
  private static final double OTHERS_PER_SECOND = 100;

  /** The plan Pro has ten calls a second. */
  private static final double NOISY_PER_SECOND = 1_000;

  private static final int WARM_UP_SECONDS = 20;
  private static final int ROUNDS = 15;
  private static final int ROUND_SECONDS = 6;

  private final int port;
  private final List<String> others;
  private final List<String> noisy;
  private final Map<Integer, Integer> noisyStatuses = new TreeMap<>();

  private FairnessBenchmark(int port, List<String> others, List<String> noisy) {
    this.port = port;
    this.others = others;
    this.noisy = noisy;
  }

  public static void main(String[] arguments) throws Exception {
    try (BenchmarkServer server = new BenchmarkServer()) {
      List<String> others = server.tenants("other", OTHERS, "enterprise");
      List<String> noisy = server.tenants("noisy", 1, "pro");
      server.start(List.of());
      new FairnessBenchmark(server.port, others, noisy).run();
    }
  }

  private void run() throws Exception {
    var _ = p99(true, WARM_UP_SECONDS);
    noisyStatuses.clear();
    Turns.of(ROUNDS, () -> p99(true, ROUND_SECONDS), () -> p99(false, ROUND_SECONDS))
        .tell("the others' p99 in ms beside it", "the others' p99 in ms, alone");
    System.out.printf("how the noisy one was answered       %s%n", noisyStatuses);
  }

  private double p99(boolean noise, int seconds) throws Exception {
    CompletableFuture<SteadyCallers.Outcome> neighbour =
        noise
            ? CompletableFuture.supplyAsync(() -> callNoisily(seconds))
            : CompletableFuture.completedFuture(new SteadyCallers.Outcome(List.of(), Map.of()));
    SteadyCallers.Outcome outcome =
        new SteadyCallers(port, LATENCY, others, OTHERS_PER_SECOND).call(seconds);
    neighbour
        .join()
        .statuses()
        .forEach((status, times) -> noisyStatuses.merge(status, times, Integer::sum));
    if (outcome.statuses().size() != 1 || outcome.millis().isEmpty()) {
      throw new IllegalStateException("the others were refused: " + outcome.statuses());
    }
    return new Percentiles(outcome.millis()).at(99);
  }

  private SteadyCallers.Outcome callNoisily(int seconds) {
    try {
      return new SteadyCallers(port, LATENCY, noisy, NOISY_PER_SECOND).call(seconds);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
