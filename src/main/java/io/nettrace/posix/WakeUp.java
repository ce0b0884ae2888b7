package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** An eventfd by which any thread ends another thread's {@link Poll#await}. */
public final class WakeUp implements AutoCloseable {
  private static final MethodHandle EVENTFD =
      Libc.function("eventfd", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT));
  private static final FunctionDescriptor FD_BUFFER_LENGTH =
      FunctionDescriptor.of(Libc.LONG, Libc.INT, Libc.POINTER, Libc.LONG);
  private static final MethodHandle READ = Libc.function("read", FD_BUFFER_LENGTH);
  private static final MethodHandle WRITE = Libc.function("write", FD_BUFFER_LENGTH);
  private static final MethodHandle CLOSE =
      Libc.function("close", FunctionDescriptor.of(Libc.INT, Libc.INT));
  private static final int NON_BLOCKING_CLOSE_ON_EXEC = 0x800 | 0x80000;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment one = arena.allocateFrom(Libc.LONG, 1L);
  private final MemorySegment readCapture = Libc.captureSegment(arena);
  private final MemorySegment readBuffer = arena.allocate(Libc.LONG);
  private final MemorySegment writeCapture = Libc.captureSegment(arena);
  private int fd;

  public WakeUp() throws PosixException {
    fd = Syscall.call(() -> (int) EVENTFD.invokeExact(writeCapture, 0, NON_BLOCKING_CLOSE_ON_EXEC));
    if (fd < 0) {
      throw new PosixException("eventfd", "wake-up", Libc.errno(writeCapture));
    }
  }

  public int fd() {
    return fd;
  }

  /** Makes the descriptor readable; callable from any thread. */
  public synchronized void signal() {
    if (fd >= 0) {
      transfer(WRITE, writeCapture, one);
    }
  }

  /** Makes the descriptor unreadable again. */
  public void reset() {
    transfer(READ, readCapture, readBuffer);
  }

  @Override
  public synchronized void close() {
    int closing = fd;
    fd = -1;
    if (closing >= 0) {
      int ignored = Syscall.call(() -> (int) CLOSE.invokeExact(writeCapture, closing));
    }
  }

  private void transfer(MethodHandle call, MemorySegment capture, MemorySegment buffer) {
    try {
      long ignored = (long) call.invokeExact(capture, fd, buffer, 8L);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
