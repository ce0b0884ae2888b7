package io.nettrace.lab;

import com.sun.management.ThreadMXBean;
import io.nettrace.lab.engine.LabStatistics;
import io.nettrace.lab.scenario.Scenario;
import io.nettrace.lab.topology.Profile;
import io.nettrace.lab.topology.Topologies;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How many packets a second one lab carries, and what they cost: rates from 10,000 to 50,000 for
 * two seconds each, on a realistic internet. Run it on a quiet machine.
 */
public final class LabBenchmark {
  private static final int SECONDS = 2;
  private static final int PORT = 33_434;

  private LabBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Scenario scenario = Topologies.generate(42, Profile.REAL, 100);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    System.out.println("packets/s   answered  dropped   CPU us/packet  bytes/packet");
    try (Lab lab = Lab.start(scenario)) {
      for (int rate = 10_000; rate <= 50_000; rate += 10_000) {
        measure(lab, threads, rate);
      }
    }
  }

  private static void measure(Lab lab, ThreadMXBean threads, int rate) throws Exception {
    long engine = engineThread();
    LabStatistics before = lab.statistics();
    long cpu = threads.getThreadCpuTime(engine);
    long allocated = threads.getThreadAllocatedBytes(engine);
    int sent = Inside.of(lab, () -> send(lab.scenario(), rate));
    while (lab.statistics().read() - before.read() < sent) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    TimeUnit.MILLISECONDS.sleep(500); // the farthest answer takes a quarter of a second
    LabStatistics after = lab.statistics();
    System.out.printf(
        "%9d  %9d  %7d  %14.1f  %12.1f%n",
        rate,
        after.answered() - before.answered(),
        after.overflowed() - before.overflowed(),
        (threads.getThreadCpuTime(engine) - cpu) / 1e3 / sent,
        (threads.getThreadAllocatedBytes(engine) - allocated) / (double) sent);
  }

  private static int send(Scenario scenario, int rate) throws Exception {
    List<DatagramPacket> packets =
        scenario.destinations().stream()
            .map(d -> new DatagramPacket(new byte[12], 12, d.addresses().getFirst(), PORT))
            .toList();
    int count = rate * SECONDS;
    long start = System.nanoTime();
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < count; i++) {
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(i) / rate) {
          Thread.onSpinWait();
        }
        socket.send(packets.get(i % packets.size()));
      }
    }
    return count;
  }

  private static long engineThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("lab"))
        .findFirst()
        .orElseThrow()
        .threadId();
  }
}
