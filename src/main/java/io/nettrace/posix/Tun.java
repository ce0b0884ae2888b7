package io.nettrace.posix;

import static io.nettrace.posix.Libc.INT;
import static io.nettrace.posix.Libc.LONG;
import static io.nettrace.posix.Libc.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/**
 * A network interface whose other end is this program: what the kernel sends out of it is read
 * here, what is written here the kernel receives. One IP packet per call, without a header of the
 * device's own (IFF_NO_PI), never blocking.
 *
 * <p>The interface appears in the namespace of the thread that opens it, is down, and vanishes when
 * closed or when the process ends. For use by one thread at a time.
 */
public final class Tun implements AutoCloseable {
  /** Where the kernel offers such interfaces; opening it needs read and write permission. */
  public static final String DEVICE = "/dev/net/tun";

  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TUN_NO_PI = 0x1001;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;
  private static final int NAME_MAX = 15;
  private static final int POLLFD_BYTES = 8;
  private static final short POLLIN = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private static final MethodHandle IOCTL =
      Libc.variadic("ioctl", 2, FunctionDescriptor.of(INT, INT, LONG, POINTER));
  private static final MethodHandle READ =
      Libc.function("read", FunctionDescriptor.of(LONG, INT, LONG, LONG));
  private static final MethodHandle WRITE =
      Libc.function("write", FunctionDescriptor.of(LONG, INT, LONG, LONG));
  private static final MethodHandle PPOLL =
      Libc.function("ppoll", FunctionDescriptor.of(INT, POINTER, LONG, POINTER, LONG));

  private final String name;
  private final int fd;
  private final MemorySegment capture = Libc.captureSegment(Arena.ofAuto());
  private final MemorySegment poll = Arena.ofAuto().allocate(POLLFD_BYTES, 8);
  private final MemorySegment timeout = Arena.ofAuto().allocate(16, 8);

  private Tun(String name, int fd) {
    this.name = name;
    this.fd = fd;
    poll.set(INT, 0, fd);
    poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
  }

  /** Makes the interface {@code name} in the calling thread's network namespace. */
  public static Tun open(String name) throws PosixException {
    if (name.isEmpty() || name.length() > NAME_MAX) {
      throw new IllegalArgumentException("an interface's name has 1-15 characters: " + name);
    }
    int fd = Descriptors.open(DEVICE, Descriptors.O_RDWR | Descriptors.O_NONBLOCK);
    try {
      attach(fd, name);
      return new Tun(name, fd);
    } catch (PosixException e) {
      Descriptors.close(fd);
      throw e;
    }
  }

  /**
   * Takes the next packet out of the interface.
   *
   * @return its length, now in {@code buffer} from index 0, or -1 when none is waiting
   */
  public int read(NativeBuffer buffer) throws PosixException {
    try {
      long length =
          (long) READ.invokeExact(capture, fd, buffer.address(), (long) buffer.capacity());
      return length >= 0 ? (int) length : nothing("read");
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("read", e);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  /**
   * Lets the kernel receive the first {@code length} bytes of {@code buffer}.
   *
   * @return whether it took the packet
   */
  public boolean write(NativeBuffer buffer, int length) throws PosixException {
    try {
      long written = (long) WRITE.invokeExact(capture, fd, buffer.address(), (long) length);
      return written >= 0 || nothing("write") > 0;
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("write", e);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  /** Waits until a packet can be read, at most {@code nanos}; returns whether one can. */
  public boolean awaitReadable(long nanos) throws PosixException {
    timeout.set(LONG, 0, nanos / NANOS_PER_SECOND);
    timeout.set(LONG, 8, nanos % NANOS_PER_SECOND);
    try {
      int ready = (int) PPOLL.invokeExact(capture, poll, 1L, timeout, 0L);
      return ready >= 0 ? ready > 0 : nothing("ppoll") > 0;
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("ppoll", e);
    }
  }

  public String name() {
    return name;
  }

  @Override
  public void close() {
    Descriptors.close(fd);
  }

  private int nothing(String operation) throws PosixException {
    int errno = Libc.errno(capture);
    return switch (errno) {
      case Errno.EAGAIN, Errno.EINTR, Errno.ENOBUFS -> -1;
      default -> throw new PosixException(operation, name, errno);
    };
  }

  private static void attach(int fd, String name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment capture = Libc.captureSegment(arena);
      MemorySegment request = arena.allocate(IFREQ_BYTES, 8);
      request.setString(0, name, StandardCharsets.US_ASCII);
      request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, IFF_TUN_NO_PI);
      if ((int) IOCTL.invokeExact(capture, fd, TUNSETIFF, request) != 0) {
        throw new PosixException("ioctl TUNSETIFF", name, Libc.errno(capture));
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.broken("ioctl", e);
    }
  }
}
