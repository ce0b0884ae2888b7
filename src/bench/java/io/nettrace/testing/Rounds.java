package io.nettrace.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Calls something over and over on some threads, and prints what one call took (on the clock, and
 * of the processor, which neighbours disturb less) and allocated: three rounds to warm up, then the
 * median of seven. A call says whether it did what it should, so that it is not optimised away, and
 * a round in which one did not is an error.
 */
public final class Rounds {
  private static final int WARM_UP = 3;
  private static final int MEASURED = 7;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int CALLS_PER_LOOK = 1_000;

  private Rounds() {}

  private record Cost(double nanos, double cpuNanos, double bytes) {}

  public static void print(String what, int threads, BooleanSupplier call)
      throws InterruptedException, ExecutionException {
    List<Cost> costs = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < WARM_UP + MEASURED; i++) {
        Cost cost = round(pool, threads, call);
        if (i >= WARM_UP) {
          costs.add(cost);
        }
      }
    }
    System.out.printf(
        "%-32s %6.0f ns of processor, %6.0f ns on the clock, %4.0f bytes%n",
        what,
        median(costs, Cost::cpuNanos),
        median(costs, Cost::nanos),
        median(costs, Cost::bytes));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return costs.stream().mapToDouble(figure).sorted().skip(MEASURED / 2).findFirst().orElseThrow();
  }

  private static Cost round(ExecutorService pool, int threads, BooleanSupplier call)
      throws InterruptedException, ExecutionException {
    List<Callable<Cost>> loops = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      loops.add(() -> loop(call));
    }
    double nanos = 0;
    double cpuNanos = 0;
    double bytes = 0;
    for (Future<Cost> each : pool.invokeAll(loops)) {
      nanos += each.get().nanos / threads;
      cpuNanos += each.get().cpuNanos / threads;
      bytes += each.get().bytes / threads;
    }
    return new Cost(nanos, cpuNanos, bytes);
  }

  private static Cost loop(BooleanSupplier call) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = thread.getCurrentThreadAllocatedBytes();
    long cpu = thread.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long calls = 0;
    long took;
    do {
      for (int i = 0; i < CALLS_PER_LOOK; i++) {
        if (!call.getAsBoolean()) {
          throw new IllegalStateException("a call did not do what it should");
        }
      }
      calls += CALLS_PER_LOOK;
      took = System.nanoTime() - start;
    } while (took < ROUND_NANOS);
    double cpuNanos = thread.getCurrentThreadCpuTime() - cpu;
    double bytes = thread.getCurrentThreadAllocatedBytes() - allocated;
    return new Cost((double) took / calls, cpuNanos / calls, bytes / calls);
  }
}
