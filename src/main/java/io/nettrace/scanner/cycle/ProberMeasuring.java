package io.nettrace.scanner.cycle;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.prober.BurstSpec;
import io.nettrace.prober.Endpoint;
import io.nettrace.prober.Lookup;
import io.nettrace.prober.Prober;
import io.nettrace.prober.Resolver;
import io.nettrace.prober.TraceSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Measures with real packets. */
public record ProberMeasuring(Prober prober, Resolver resolver) implements Measuring {

  @Override
  public CompletableFuture<AnswerSet> resolve(String host) {
    return resolver
        .resolve(host)
        .thenCompose(
            lookup ->
                switch (lookup) {
                  case Lookup.Found found -> CompletableFuture.completedFuture(found.answers());
                  case Lookup.Failed failed ->
                      CompletableFuture.failedFuture(
                          failed.denied()
                              ? new UnknownHostException(failed.reason())
                              : new IOException(failed.reason()));
                });
  }

  @Override
  public CompletableFuture<Burst> burst(
      InetAddress address, int port, Protocol method, int packets, Duration spread) {
    return prober.burst(new BurstSpec(new Endpoint(address, port), method, packets, spread));
  }

  @Override
  public CompletableFuture<Trace> trace(
      InetAddress address, int port, Protocol method, Duration spread, int extraFlows) {
    return prober.trace(new TraceSpec(new Endpoint(address, port), method, spread, extraFlows));
  }
}
