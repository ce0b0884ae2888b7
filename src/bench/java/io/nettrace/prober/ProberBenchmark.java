package io.nettrace.prober;

import com.sun.management.ThreadMXBean;
import io.nettrace.lab.Lab;
import io.nettrace.lab.engine.DelayLog;
import io.nettrace.lab.scenario.Destination;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.Trace;
import io.nettrace.posix.NetworkNamespace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Measures the prober, and scamper beside it, on generated internets, and prints ratios within this
 * one run. Arguments: seeds (default 42 7 2026). Needs the lab; scamper is left out when missing.
 */
public final class ProberBenchmark {
  private static final int TARGETS = 100;
  private static final int PACKETS_PER_SECOND = 10_000;
  private static final int WARM_UPS = 8;
  private static final int REPEATS = 5;
  private static final double SLOWEST_MILLIS = 250.25;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** One scan of all targets. */
  private record Scan(
      double millis,
      long sent,
      int answering,
      int missing,
      int mistakes,
      long refused,
      double cpuMicros,
      double bytes,
      List<Double> errorMicros) {

    double error(double percentile) {
      return errorMicros.isEmpty()
          ? Double.NaN
          : errorMicros.get((int) ((errorMicros.size() - 1) * percentile / 100));
    }
  }

  public static void main(String[] arguments) throws Exception {
    long[] seeds =
        arguments.length == 0
            ? new long[] {42, 7, 2026}
            : Arrays.stream(arguments).mapToLong(Long::parseLong).toArray();
    for (long seed : seeds) {
      new ProberBenchmark().run(seed);
    }
  }

  private void run(long seed) throws Exception {
    System.out.printf("seed %d%n", seed);
    try (Lab lab = Lab.start(Topologies.generate(seed, Profile.CLEAN, TARGETS))) {
      clean(lab);
      scamper(lab);
      connect(lab);
    }
    try (Lab lab = Lab.start(Topologies.generate(seed, Profile.REAL, TARGETS))) {
      realistic(lab);
    }
  }

  private void clean(Lab lab) throws Exception {
    try (Prober prober = open(lab, PACKETS_PER_SECOND, ProbeMode.RAW)) {
      warmUp(prober, lab);
      for (int i = 0; i < REPEATS; i++) {
        print("warm, clean, raw", scan(prober, lab, Duration.ZERO));
      }
    }
    for (int i = 0; i < REPEATS; i++) {
      try (Prober prober = open(lab, PACKETS_PER_SECOND, ProbeMode.RAW)) {
        print("cold, clean, raw", scan(prober, lab, Duration.ZERO));
      }
    }
    try (Prober prober = open(lab, PACKETS_PER_SECOND, ProbeMode.UNPRIVILEGED)) {
      warmUp(prober, lab);
      for (int i = 0; i < REPEATS; i++) {
        print("warm, clean, unprivileged", scan(prober, lab, Duration.ZERO));
      }
    } catch (IOException e) {
      System.out.println("unprivileged: left out, " + e.getMessage());
    }
  }

  private void realistic(Lab lab) throws Exception {
    try (Prober prober = open(lab, PACKETS_PER_SECOND, ProbeMode.RAW)) {
      warmUp(prober, lab);
      for (int i = 0; i < REPEATS; i++) {
        Thread.sleep(1_000);
        print("warm, realistic, raw", scan(prober, lab, Duration.ZERO));
      }
      print("10 s cycle, realistic", scan(prober, lab, Duration.ofSeconds(10)));
    }
  }

  private void connect(Lab lab) throws Exception {
    try (Prober prober = open(lab, PACKETS_PER_SECOND, ProbeMode.CONNECT)) {
      List<CompletableFuture<Burst>> pending = new ArrayList<>();
      for (Destination destination : lab.scenario().destinations()) {
        Endpoint endpoint = new Endpoint(destination.addresses().getFirst(), 443);
        pending.add(prober.burst(new BurstSpec(endpoint, Protocol.TCP, 3, Duration.ofSeconds(1))));
      }
      List<Double> errors = new ArrayList<>();
      for (int i = 0; i < pending.size(); i++) {
        double truth = lab.scenario().destinations().get(i).route().rttMillis() * 1_000;
        pending
            .get(i)
            .join()
            .delays()
            .ifPresent(delays -> errors.add(Math.abs(delays.p50Nanos() / 1e3 - truth)));
      }
      errors.sort(null);
      System.out.printf(
          Locale.ROOT,
          "%-26s %d of %d connected, error p50 %.0f us, p99 %.0f us%n",
          "TCP connect (TCP_INFO)",
          errors.size(),
          TARGETS,
          errors.get(errors.size() / 2),
          errors.get(errors.size() * 99 / 100));
    }
  }

  /** Runs on a thread that is in the lab's namespace, so that the program it starts is too. */
  private static void scamper(Lab lab) throws InterruptedException {
    Thread guest =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    NetworkNamespace.enter(lab.namespace());
                    runScamper(lab);
                  } catch (IOException | InterruptedException e) {
                    System.out.println("scamper: left out, " + e.getMessage());
                  }
                });
    guest.join();
  }

  private static void runScamper(Lab lab) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("scamper", "-p", "10000", "-c", "trace -P icmp-paris -q 1 -w 1 -g 32 -N 8"));
    command.add("-i");
    lab.scenario()
        .destinations()
        .forEach(destination -> command.add(destination.addresses().getFirst().getHostAddress()));
    for (int i = 0; i < REPEATS; i++) {
      long before = lab.statistics().read();
      long start = System.nanoTime();
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      double millis = (System.nanoTime() - start) / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%-26s %8.1f ms  %5.3f x slowest  %d packets%n",
          "cold, clean, scamper -N 8",
          millis,
          millis / SLOWEST_MILLIS,
          lab.statistics().read() - before);
    }
  }

  private void warmUp(Prober prober, Lab lab) throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      scan(prober, lab, Duration.ZERO);
      Thread.sleep(500);
    }
  }

  private static Prober open(Lab lab, int packetsPerSecond, ProbeMode mode) throws IOException {
    return Prober.open(
        ProberConfig.defaults()
            .withPacketsPerSecond(packetsPerSecond)
            .withNetns(lab.namespace())
            .withMode(mode));
  }

  private Scan scan(Prober prober, Lab lab, Duration spread) {
    long thread = proberThread();
    long position = lab.log().position();
    long refused = lab.statistics().rateLimited();
    long sent = prober.statistics().sent();
    long cpu = threads.getThreadCpuTime(thread);
    long bytes = threads.getThreadAllocatedBytes(thread);
    long start = System.nanoTime();
    List<CompletableFuture<Trace>> pending = new ArrayList<>();
    for (Destination destination : lab.scenario().destinations().reversed()) {
      Endpoint endpoint = new Endpoint(destination.addresses().getFirst(), 443);
      pending.addFirst(prober.trace(new TraceSpec(endpoint, Protocol.ICMP, spread, 0)));
    }
    List<Trace> traces = pending.stream().map(CompletableFuture::join).toList();
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
        errors(traces, lab.log().since(position)));
  }

  private static List<Double> errors(List<Trace> traces, List<DelayLog.Entry> log) {
    Map<String, Long> truth = new HashMap<>();
    for (DelayLog.Entry entry : log) {
      String key = entry.destination() + " " + entry.ttl() + " " + entry.responder();
      truth.merge(key, entry.rttNanos(), Math::min);
    }
    List<Double> errors = new ArrayList<>();
    for (Trace trace : traces) {
      for (Hop hop : trace.hops()) {
        hop.rttNanos()
            .ifPresent(
                rtt -> {
                  var responder = hop.replies().getFirst().address();
                  Long real = truth.get(trace.address() + " " + hop.ttl() + " " + responder);
                  if (real != null) {
                    errors.add(Math.abs(rtt - real) / 1e3);
                  }
                });
      }
    }
    errors.sort(null);
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

  private static void print(String name, Scan scan) {
    System.out.printf(
        Locale.ROOT,
        "%-26s %8.1f ms  %5.3f x slowest  %d of %d hops, %d wrong  %.3f probes/hop  %d refused"
            + "  error p50 %.1f p99 %.1f us  cpu %.1f us  %.0f B%n",
        name,
        scan.millis(),
        scan.millis() / SLOWEST_MILLIS,
        scan.answering() - scan.missing(),
        scan.answering(),
        scan.mistakes(),
        scan.sent() / (double) scan.answering(),
        scan.refused(),
        scan.error(50),
        scan.error(99),
        scan.cpuMicros(),
        scan.bytes());
  }
}
