package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The kernel's wall clock (CLOCK_REALTIME), in which packets are stamped. Used by one thread. */
public final class KernelClock {
  private static final MethodHandle CLOCK_GETTIME =
      Libc.function("clock_gettime", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.POINTER));
  private static final int CLOCK_REALTIME = 0;

  /** A thread may be interrupted between two clocks; one of a few readings is not. */
  private static final int READINGS = 4;

  private static final long UNDISTURBED_NANOS = 1_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final MemorySegment capture = Libc.captureSegment(Arena.ofAuto());
  private final MemorySegment time = Arena.ofAuto().allocate(16, 8);

  /** Nanoseconds since 1970; steps when somebody sets the clock. */
  public long realtimeNanos() {
    try {
      int ignored = (int) CLOCK_GETTIME.invokeExact(capture, CLOCK_REALTIME, time);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return time.get(Libc.LONG, 0) * NANOS_PER_SECOND + time.get(Libc.LONG, 8);
  }

  /**
   * Wall clock minus {@link System#nanoTime()}: constant until the wall clock is stepped or slewed.
   */
  public long offsetNanos() {
    long best = Long.MAX_VALUE;
    long offset = 0;
    for (int i = 0; i < READINGS && best > UNDISTURBED_NANOS; i++) {
      long before = System.nanoTime();
      long real = realtimeNanos();
      long took = System.nanoTime() - before;
      if (took < best) {
        best = took;
        offset = real - before - took / 2;
      }
    }
    return offset;
  }
}
