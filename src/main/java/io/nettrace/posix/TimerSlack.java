package io.nettrace.posix;

import static io.nettrace.posix.Libc.INT;
import static io.nettrace.posix.Libc.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** How late the kernel may wake a thread to save power: 50 µs unless the thread says otherwise. */
public final class TimerSlack {
  private static final int PR_SET_TIMERSLACK = 29;
  private static final MethodHandle PRCTL =
      Libc.variadic("prctl", 1, FunctionDescriptor.of(INT, INT, LONG, LONG, LONG, LONG));

  private TimerSlack() {}

  /**
   * Lets timed waits of the calling platform thread end at most {@code nanos} late (at least 1).
   */
  public static void set(long nanos) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      if ((int) PRCTL.invokeExact(capture, PR_SET_TIMERSLACK, nanos, 0L, 0L, 0L) != 0) {
        throw new PosixException("prctl", "PR_SET_TIMERSLACK", Libc.errno(capture));
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("prctl", e);
    }
  }
}
