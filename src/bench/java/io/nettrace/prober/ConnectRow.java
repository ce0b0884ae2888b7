package io.nettrace.prober;

import io.nettrace.lab.Lab;
import io.nettrace.lab.engine.DelayLog;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.metric.Burst;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** TCP connects to all targets at once, against the lab's log of SYN read and answer written. */
final class ConnectRow {
  private static final int TCP = 6;
  private static final int WARM_UPS = 20;
  private static final int PACKETS_PER_SECOND = 1_000;

  private final Lab lab;

  ConnectRow(Lab lab) {
    this.lab = lab;
  }

  void run(int repeats) throws IOException {
    Errors errors = new Errors("TCP connect (TCP_INFO)");
    try (Prober prober =
        Prober.open(
            ProberConfig.defaults()
                .withPacketsPerSecond(PACKETS_PER_SECOND)
                .withNetns(lab.namespace())
                .withMode(ProbeMode.CONNECT))) {
      for (int i = 0; i < WARM_UPS; i++) {
        var _ = round(prober);
      }
      for (int i = 0; i < repeats; i++) {
        errors.add(round(prober));
      }
    }
    errors.print();
  }

  private List<Double> round(Prober prober) {
    long position = lab.log().position();
    List<CompletableFuture<Burst>> pending = new ArrayList<>();
    for (LabDestination destination : lab.scenario().destinations()) {
      Endpoint endpoint = new Endpoint(destination.addresses().getFirst(), 443);
      pending.add(prober.burst(new BurstSpec(endpoint, Protocol.TCP, 1, Duration.ZERO)));
    }
    List<Burst> bursts = pending.stream().map(CompletableFuture::join).toList();
    Map<InetAddress, Long> truth = new HashMap<>();
    for (DelayLog.Entry entry : lab.log().since(position)) {
      if (entry.protocol() == TCP) {
        truth.putIfAbsent(entry.destination(), entry.rttNanos());
      }
    }
    List<Double> errors = new ArrayList<>();
    for (Burst burst : bursts) {
      Long real = truth.get(burst.address());
      if (real != null) {
        burst.delays().ifPresent(delays -> errors.add(Math.abs(delays.minNanos() - real) / 1e3));
      }
    }
    return errors;
  }
}
