package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalLong;

/**
 * A non-blocking socket of the kernel, in the network namespace of the thread that opened it. Used
 * by one thread.
 */
public final class NativeSocket implements AutoCloseable {
  private static final MethodHandle SOCKET =
      Libc.function("socket", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT));
  private static final MethodHandle CLOSE =
      Libc.function("close", FunctionDescriptor.of(Libc.INT, Libc.INT));
  private static final FunctionDescriptor FD_ADDRESS_LENGTH =
      FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.POINTER, Libc.INT);
  private static final MethodHandle BIND = Libc.function("bind", FD_ADDRESS_LENGTH);
  private static final MethodHandle CONNECT = Libc.function("connect", FD_ADDRESS_LENGTH);
  private static final MethodHandle GETSOCKNAME =
      Libc.function(
          "getsockname", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.POINTER, Libc.POINTER));
  private static final MethodHandle SETSOCKOPT =
      Libc.function(
          "setsockopt",
          FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT, Libc.POINTER, Libc.INT));
  private static final MethodHandle GETSOCKOPT =
      Libc.function(
          "getsockopt",
          FunctionDescriptor.of(
              Libc.INT, Libc.INT, Libc.INT, Libc.INT, Libc.POINTER, Libc.POINTER));

  private static final int SOL_SOCKET = 1;
  private static final int SO_ERROR = 4;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_INFO = 11;
  private static final int TCP_INFO_BYTES = 104;
  private static final int TCPI_RTT_MICROS = 68;
  private static final int TCPI_TOTAL_RETRANSMISSIONS = 100;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment capture = Libc.captureSegment(arena);
  private final MemorySegment scratch = arena.allocate(256, 8);
  private final MemorySegment length = arena.allocate(Libc.INT);
  private final AddressFamily family;
  private int fd = -1;

  private NativeSocket(AddressFamily family) {
    this.family = family;
  }

  public static NativeSocket open(AddressFamily family, SocketType type, int protocol)
      throws PosixException {
    NativeSocket socket = new NativeSocket(family);
    String subject = family + " " + type + " protocol " + protocol;
    socket.fd =
        socket.check(
            Syscall.call(
                () ->
                    (int)
                        SOCKET.invokeExact(
                            socket.capture, family.number, type.nonBlocking(), protocol)),
            "socket",
            subject);
    return socket;
  }

  public int fd() {
    return fd;
  }

  public AddressFamily family() {
    return family;
  }

  public void set(SocketOption option, int value) throws PosixException {
    check(trySet(option, value), "setsockopt", option.name() + "=" + value);
  }

  /** Sets an option the kernel may refuse; false when it did. */
  public boolean offer(SocketOption option, int value) {
    return trySet(option, value) == 0;
  }

  /** Sets an option whose value is a bit mask of several 32-bit words. */
  public void set(SocketOption option, int... words) throws PosixException {
    for (int i = 0; i < words.length; i++) {
      scratch.setAtIndex(Libc.INT, i, words[i]);
    }
    check(setOption(option, scratch, words.length * 4), "setsockopt", option.name());
  }

  /** Lets the kernel drop what {@code filter} refuses before it is queued. */
  public void attach(PacketFilter filter) throws PosixException {
    MemorySegment program = filter.program(arena);
    check(
        setOption(SocketOption.ATTACH_FILTER, program, (int) program.byteSize()),
        "setsockopt",
        "ATTACH_FILTER");
  }

  public void bind(InetAddress address, int port) throws PosixException {
    int bytes = writeAddress(address, port);
    check(
        Syscall.call(() -> (int) BIND.invokeExact(capture, fd, scratch, bytes)),
        "bind",
        address.getHostAddress() + " port " + port);
  }

  /** Starts to connect; returns 0 or the error number (EINPROGRESS while a handshake runs). */
  public int connect(InetAddress address, int port) {
    int bytes = writeAddress(address, port);
    int result = Syscall.call(() -> (int) CONNECT.invokeExact(capture, fd, scratch, bytes));
    return result == 0 ? 0 : Libc.errno(capture);
  }

  public InetSocketAddress localAddress() throws PosixException {
    length.set(Libc.INT, 0, SocketAddressLayout.MAX_BYTES);
    check(
        Syscall.call(() -> (int) GETSOCKNAME.invokeExact(capture, fd, scratch, length)),
        "getsockname",
        "fd " + fd);
    return new InetSocketAddress(
        SocketAddressLayout.address(scratch, family), SocketAddressLayout.port(scratch, 0));
  }

  /** Takes the error that a connect or an ICMP message left on the socket; 0 when none. */
  public int takeError() {
    return getOption(SOL_SOCKET, SO_ERROR, 4) == 0 ? scratch.get(Libc.INT, 0) : Errno.EINVAL;
  }

  /**
   * The round-trip delay of the handshake as the kernel measured it, in steps of a microsecond;
   * empty when a segment had to be sent twice, because then nobody knows which one was answered.
   */
  public OptionalLong handshakeRttNanos() {
    if (getOption(IPPROTO_TCP, TCP_INFO, TCP_INFO_BYTES) != 0) {
      return OptionalLong.empty();
    }
    long micros = Integer.toUnsignedLong(scratch.get(Libc.INT, TCPI_RTT_MICROS));
    boolean repeated = scratch.get(Libc.INT, TCPI_TOTAL_RETRANSMISSIONS) != 0;
    return repeated || micros == 0 ? OptionalLong.empty() : OptionalLong.of(micros * 1_000);
  }

  @Override
  public void close() {
    if (fd >= 0) {
      int closing = fd;
      fd = -1;
      int ignored = Syscall.call(() -> (int) CLOSE.invokeExact(capture, closing));
    }
  }

  private int writeAddress(InetAddress address, int port) {
    SocketAddressLayout.write(scratch, address, port);
    return family.sockaddrBytes;
  }

  private int trySet(SocketOption option, int value) {
    scratch.set(ValueLayout.JAVA_INT, 0, value);
    return setOption(option, scratch, 4);
  }

  private int setOption(SocketOption option, MemorySegment value, int bytes) {
    return Syscall.call(
        () -> (int) SETSOCKOPT.invokeExact(capture, fd, option.level, option.name, value, bytes));
  }

  private int getOption(int level, int name, int bytes) {
    length.set(Libc.INT, 0, bytes);
    return Syscall.call(
        () -> (int) GETSOCKOPT.invokeExact(capture, fd, level, name, scratch, length));
  }

  private int check(int result, String operation, String subject) throws PosixException {
    if (result < 0) {
      throw new PosixException(operation, subject, Libc.errno(capture));
    }
    return result;
  }
}
