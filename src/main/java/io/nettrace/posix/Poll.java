package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Waits until a socket has something to say or time is up (ppoll). A bounded set of sockets,
 * refilled before each wait; used by one thread.
 */
public final class Poll {
  private static final MethodHandle PPOLL =
      Libc.function(
          "ppoll",
          FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.LONG, Libc.POINTER, Libc.POINTER));
  private static final long POLLFD_BYTES = 8;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final MemorySegment capture;
  private final MemorySegment entries;
  private final MemorySegment timeout;
  private final int capacity;
  private int size;

  public Poll(int capacity) {
    Arena arena = Arena.ofAuto();
    this.capacity = capacity;
    capture = Libc.captureSegment(arena);
    entries = arena.allocate(capacity * POLLFD_BYTES, 8);
    timeout = arena.allocate(16, 8);
  }

  public void clear() {
    size = 0;
  }

  public boolean isFull() {
    return size == capacity;
  }

  /** Waits for packets or errors on {@code fd}; returns its index. */
  public int addReadable(int fd) {
    return add(fd, POLLIN);
  }

  /** Waits until a connection on {@code fd} is made or refused; returns its index. */
  public int addConnecting(int fd) {
    return add(fd, POLLOUT);
  }

  /** Waits at most {@code nanos}; returns how many sockets are ready (0: none, or a signal). */
  public int await(long nanos) {
    timeout.set(Libc.LONG, 0, nanos / NANOS_PER_SECOND);
    timeout.set(Libc.LONG, 8, nanos % NANOS_PER_SECOND);
    try {
      int ready =
          (int) PPOLL.invokeExact(capture, entries, (long) size, timeout, MemorySegment.NULL);
      return Math.max(0, ready);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  public boolean isReady(int index) {
    return entries.get(ValueLayout.JAVA_SHORT, index * POLLFD_BYTES + 6) != 0;
  }

  private int add(int fd, short events) {
    if (isFull()) {
      throw new IllegalStateException("more than " + capacity + " sockets to wait for");
    }
    entries.set(Libc.INT, size * POLLFD_BYTES, fd);
    entries.set(ValueLayout.JAVA_SHORT, size * POLLFD_BYTES + 4, events);
    entries.set(ValueLayout.JAVA_SHORT, size * POLLFD_BYTES + 6, (short) 0);
    return size++;
  }
}
