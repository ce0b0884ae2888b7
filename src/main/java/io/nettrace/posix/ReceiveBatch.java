package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * Packets that arrive with one recvmmsg, with what the kernel says of each: when it came, from
 * whom, and, from the error queue, which router complained. All memory is allocated once. Call
 * {@link #receive}, then {@link #select} a packet before reading its attributes. Used by one
 * thread.
 */
public final class ReceiveBatch {
  /** Where a message on the error queue comes from (linux/errqueue.h). */
  public static final int ORIGIN_NONE = 0;

  public static final int ORIGIN_LOCAL = 1;
  public static final int ORIGIN_ICMP = 2;
  public static final int ORIGIN_ICMPV6 = 3;
  public static final int ORIGIN_TRANSMIT_STAMP = 4;

  private static final MethodHandle RECVMMSG =
      Libc.function(
          "recvmmsg",
          FunctionDescriptor.of(
              Libc.INT, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT, Libc.POINTER));
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_ERRQUEUE = 0x2000;
  private static final long CONTROL_BYTES = 256;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final MemorySegment capture;
  private final MemorySegment headers;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final ByteBuffer[] payloads;
  private final int capacity;
  private final int maxBytes;

  /** Messages whose lengths the kernel has overwritten. */
  private int filled;

  private int selected;
  private long stamp;
  private int hopLimit;
  private int errorOrigin;
  private int errorType;
  private int errorCode;
  private int errorNumber;
  private long offenderHi;
  private long offenderLo;

  public ReceiveBatch(int capacity, int maxBytes) {
    Arena arena = Arena.ofAuto();
    this.capacity = capacity;
    this.maxBytes = maxBytes;
    filled = capacity;
    capture = Libc.captureSegment(arena);
    headers = arena.allocate(capacity * MessageLayout.MMSGHDR_BYTES, 8);
    names = arena.allocate(capacity * MessageLayout.NAME_BYTES, 8);
    controls = arena.allocate(capacity * CONTROL_BYTES, 8);
    payloads = new ByteBuffer[capacity];
    MemorySegment vectors = arena.allocate(capacity * MessageLayout.IOVEC_BYTES, 8);
    MemorySegment data = arena.allocate((long) capacity * maxBytes, 8);
    for (int i = 0; i < capacity; i++) {
      MemorySegment slice = data.asSlice((long) i * maxBytes, maxBytes);
      payloads[i] = slice.asByteBuffer();
      prepare(i, slice, vectors);
    }
  }

  public int capacity() {
    return capacity;
  }

  /** Reads what waits, without waiting; returns how many packets, or the negative error number. */
  public int receive(NativeSocket socket) {
    return receive(socket, MSG_DONTWAIT);
  }

  /** Reads the socket's error queue: transmit stamps and ICMP errors. */
  public int receiveErrors(NativeSocket socket) {
    return receive(socket, MSG_DONTWAIT | MSG_ERRQUEUE);
  }

  /** Makes packet {@code index} the one whose attributes are read. */
  public void select(int index) {
    selected = index;
    stamp = 0;
    hopLimit = 0;
    errorOrigin = ORIGIN_NONE;
    errorType = 0;
    errorCode = 0;
    errorNumber = 0;
    offenderHi = 0;
    offenderLo = 0;
    long at = index * CONTROL_BYTES;
    long end =
        at
            + headers.get(
                Libc.LONG, index * MessageLayout.MMSGHDR_BYTES + MessageLayout.CONTROL_LENGTH);
    while (at + MessageLayout.CMSG_HEADER_BYTES <= end) {
      long length = controls.get(Libc.LONG, at);
      if (length < MessageLayout.CMSG_HEADER_BYTES || at + length > end) {
        return;
      }
      attribute(at, length - MessageLayout.CMSG_HEADER_BYTES);
      at += MessageLayout.aligned(length);
    }
  }

  /** The packet's bytes from position 0 to its limit; valid until the next receive. */
  public ByteBuffer payload() {
    int length =
        headers.get(Libc.INT, selected * MessageLayout.MMSGHDR_BYTES + MessageLayout.TRANSFERRED);
    return payloads[selected].clear().limit(Math.min(length, maxBytes));
  }

  /** When the kernel sent or received it, CLOCK_REALTIME in nanoseconds; 0 when not stamped. */
  public long stamp() {
    return stamp;
  }

  /** The TTL with which it arrived; 0 when unknown. */
  public int hopLimit() {
    return hopLimit;
  }

  public int errorOrigin() {
    return errorOrigin;
  }

  public int errorType() {
    return errorType;
  }

  public int errorCode() {
    return errorCode;
  }

  public int errorNumber() {
    return errorNumber;
  }

  /** High half of the address that sent the ICMP error. */
  public long offenderHi() {
    return offenderHi;
  }

  public long offenderLo() {
    return offenderLo;
  }

  /** High half of the sender's address; on the error queue that of the original destination. */
  public long addressHi() {
    return SocketAddressLayout.hi(names, selected * MessageLayout.NAME_BYTES);
  }

  public long addressLo() {
    return SocketAddressLayout.lo(names, selected * MessageLayout.NAME_BYTES);
  }

  public int port() {
    return SocketAddressLayout.port(names, selected * MessageLayout.NAME_BYTES);
  }

  private int receive(NativeSocket socket, int flags) {
    for (int i = 0; i < filled; i++) {
      long header = i * MessageLayout.MMSGHDR_BYTES;
      headers.set(Libc.INT, header + MessageLayout.NAME_LENGTH, (int) MessageLayout.NAME_BYTES);
      headers.set(Libc.LONG, header + MessageLayout.CONTROL_LENGTH, CONTROL_BYTES);
    }
    int received;
    try {
      received =
          (int)
              RECVMMSG.invokeExact(
                  capture, socket.fd(), headers, capacity, flags, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    filled = Math.max(0, received);
    return received < 0 ? -Libc.errno(capture) : received;
  }

  private void attribute(long at, long bytes) {
    int level = controls.get(Libc.INT, at + MessageLayout.CMSG_LEVEL);
    int type = controls.get(Libc.INT, at + MessageLayout.CMSG_TYPE);
    long data = at + MessageLayout.CMSG_HEADER_BYTES;
    if (level == MessageLayout.SOL_SOCKET
        && type == MessageLayout.SCM_TIMESTAMPING
        && bytes >= 16) {
      stamp = controls.get(Libc.LONG, data) * NANOS_PER_SECOND + controls.get(Libc.LONG, data + 8);
    } else if (isHopLimit(level, type) && bytes >= 4) {
      hopLimit = controls.get(Libc.INT, data);
    } else if (isError(level, type) && bytes >= MessageLayout.ERROR_OFFENDER) {
      error(data, bytes);
    }
  }

  private void error(long data, long bytes) {
    errorNumber = controls.get(Libc.INT, data);
    errorOrigin = unsignedByte(data + MessageLayout.ERROR_ORIGIN);
    errorType = unsignedByte(data + MessageLayout.ERROR_TYPE);
    errorCode = unsignedByte(data + MessageLayout.ERROR_CODE);
    if (bytes >= MessageLayout.ERROR_OFFENDER + AddressFamily.IPV4.sockaddrBytes) {
      offenderHi = SocketAddressLayout.hi(controls, data + MessageLayout.ERROR_OFFENDER);
      offenderLo = SocketAddressLayout.lo(controls, data + MessageLayout.ERROR_OFFENDER);
    }
  }

  private int unsignedByte(long at) {
    return Byte.toUnsignedInt(controls.get(ValueLayout.JAVA_BYTE, at));
  }

  private static boolean isHopLimit(int level, int type) {
    return (level == MessageLayout.SOL_IP && type == MessageLayout.IP_TTL)
        || (level == MessageLayout.SOL_IPV6 && type == MessageLayout.IPV6_HOPLIMIT);
  }

  private static boolean isError(int level, int type) {
    return (level == MessageLayout.SOL_IP && type == MessageLayout.IP_RECVERR)
        || (level == MessageLayout.SOL_IPV6 && type == MessageLayout.IPV6_RECVERR);
  }

  private void prepare(int i, MemorySegment data, MemorySegment vectors) {
    long header = i * MessageLayout.MMSGHDR_BYTES;
    long vector = i * MessageLayout.IOVEC_BYTES;
    vectors.set(Libc.POINTER, vector, data);
    vectors.set(Libc.LONG, vector + 8, maxBytes);
    headers.set(
        Libc.POINTER,
        header + MessageLayout.NAME,
        names.asSlice(i * MessageLayout.NAME_BYTES, MessageLayout.NAME_BYTES));
    headers.set(Libc.POINTER, header + MessageLayout.IOVEC, vectors.asSlice(vector));
    headers.set(Libc.LONG, header + MessageLayout.IOVEC_COUNT, 1L);
    headers.set(
        Libc.POINTER,
        header + MessageLayout.CONTROL,
        controls.asSlice(i * CONTROL_BYTES, CONTROL_BYTES));
  }
}
