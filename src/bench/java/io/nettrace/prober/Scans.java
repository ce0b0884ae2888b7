package io.nettrace.prober;

import com.sun.management.ThreadMXBean;
import io.nettrace.lab.Lab;
import io.nettrace.lab.scenario.LabDestination;
import io.nettrace.metric.Hop;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A prober in a lab, and what a scan of all its targets costs and finds. */
final class Scans implements AutoCloseable {
  private static final int PACKETS_PER_SECOND = 10_000;
  private static final int WARM_UPS = 8;

  /** In which the routers' budgets recover, as they do between real scans. */
  private static final long PAUSE_MILLIS = 1_000;

  private final Lab lab;
  private final Prober prober;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * One scan of all targets; {@code cpuMicros} and {@code bytes} of the engine's thread a probe.
   */
  record Scan(
      double millis,
      long sent,
      int answering,
      int missing,
      int mistakes,
      long refused,
      double cpuMicros,
      double bytes,
      List<Double> errorMicros) {}

  private Scans(Lab lab, Prober prober) {
    this.lab = lab;
    this.prober = prober;
  }

  static Scans open(Lab lab, ProbeMode mode) throws IOException {
    return new Scans(
        lab,
        Prober.open(
            ProberConfig.defaults()
                .withPacketsPerSecond(PACKETS_PER_SECOND)
                .withNetns(lab.namespace())
                .withMode(mode)));
  }

  void warmUp() throws InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      var _ = scan(Duration.ZERO);
      Thread.sleep(PAUSE_MILLIS / 2);
    }
  }

  void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }

  Scan scan(Duration spread) {
    long thread = proberThread();
    long position = lab.log().position();
    long refused = lab.statistics().rateLimited();
    long sent = prober.statistics().sent();
    long cpu = threads.getThreadCpuTime(thread);
    long bytes = threads.getThreadAllocatedBytes(thread);
    long start = System.nanoTime();
    List<Trace> traces = traces(spread, 0);
    double millis = (System.nanoTime() - start) / 1e6;
    long probes = prober.statistics().sent() - sent;
    LabTruth truth = new LabTruth(lab.scenario());
    return new Scan(
        millis,
        probes,
        truth.answering(Protocol.ICMP),
        truth.missing(traces, Protocol.ICMP).size(),
        truth.mistakes(traces).size(),
        lab.statistics().rateLimited() - refused,
        (threads.getThreadCpuTime(thread) - cpu) / 1e3 / probes,
        (threads.getThreadAllocatedBytes(thread) - bytes) / (double) probes,
        errors(traces, Errors.truth(lab.log().since(position))));
  }

  /** One trace of every target, in the scenario's order. */
  List<Trace> traces(Duration spread, int extraFlows) {
    List<CompletableFuture<Trace>> pending = new ArrayList<>();
    for (LabDestination destination : lab.scenario().destinations()) {
      pending.add(trace(destination, spread, extraFlows));
    }
    return pending.stream().map(CompletableFuture::join).toList();
  }

  CompletableFuture<Trace> trace(LabDestination destination, Duration spread, int extraFlows) {
    Endpoint endpoint = new Endpoint(destination.addresses().getFirst(), 443);
    return prober.trace(new TraceSpec(endpoint, Protocol.ICMP, spread, extraFlows));
  }

  private static List<Double> errors(List<Trace> traces, Map<String, Long> truth) {
    List<Double> errors = new ArrayList<>();
    for (Trace trace : traces) {
      for (Hop hop : trace.hops()) {
        hop.replies()
            .forEach(
                reply -> {
                  Long real =
                      truth.get(
                          Errors.key(
                              trace.address().getHostAddress(),
                              hop.ttl(),
                              reply.address().getHostAddress()));
                  if (real != null) {
                    errors.add(Math.abs(reply.rttNanos() - real) / 1e3);
                  }
                });
      }
    }
    return errors;
  }

  private long proberThread() {
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("prober")) {
        return id;
      }
    }
    throw new IllegalStateException("no prober is running");
  }

  @Override
  public void close() {
    prober.close();
  }
}
