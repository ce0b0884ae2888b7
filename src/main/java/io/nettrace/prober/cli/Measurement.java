package io.nettrace.prober.cli;

import io.nettrace.metric.Burst;
import io.nettrace.metric.Protocol;
import io.nettrace.prober.BurstSpec;
import io.nettrace.prober.Endpoint;
import io.nettrace.prober.Prober;
import io.nettrace.prober.TraceSpec;
import io.nettrace.prober.strategy.PathReport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Measures an address by the protocol that was asked for. Where none was, ICMP is tried, and TCP
 * when the system does not let this user send ICMP at all.
 */
record Measurement(Prober prober, Optional<Protocol> wanted, OptionalInt port, int flows) {
  private static final int TRACEROUTE_PORT = 33_434;
  private static final int HTTPS_PORT = 443;

  /** What came back, and by which protocol instead of the usual one. */
  record Result(PathReport path, Burst burst, boolean fellBack) {}

  CompletableFuture<Result> of(InetAddress address, int packets, Duration spread) {
    Protocol first = wanted.orElse(Protocol.ICMP);
    return by(first, address, packets, spread, false)
        .thenCompose(
            result ->
                wanted.isPresent() || result.burst().sent() > 0
                    ? CompletableFuture.completedFuture(result)
                    : by(Protocol.TCP, address, packets, spread, true)
                        .thenApply(second -> second.burst().sent() > 0 ? second : result));
  }

  private CompletableFuture<Result> by(
      Protocol protocol, InetAddress address, int packets, Duration spread, boolean fellBack) {
    int usual = protocol == Protocol.TCP ? HTTPS_PORT : TRACEROUTE_PORT;
    Endpoint endpoint = new Endpoint(address, port.orElse(usual));
    return prober
        .traceReport(new TraceSpec(endpoint, protocol, Duration.ZERO, flows))
        .thenCombine(
            prober.burst(new BurstSpec(endpoint, protocol, packets, spread)),
            (path, burst) -> new Result(path, burst, fellBack));
  }
}
