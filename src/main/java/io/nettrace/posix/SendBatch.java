package io.nettrace.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * Packets that leave with one sendmmsg, each with its own destination and TTL. All memory is
 * allocated once; fill {@link #payload()}, then {@link #add}. Used by one thread.
 */
public final class SendBatch {
  private static final MethodHandle SENDMMSG =
      Libc.function(
          "sendmmsg", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT));
  private static final long CONTROL_BYTES = 24; // CMSG_SPACE(sizeof(int))
  private static final long CONTROL_USED = 20; // CMSG_LEN(sizeof(int))

  private final AddressFamily family;
  private final MemorySegment capture;
  private final MemorySegment headers;
  private final MemorySegment[] tails;
  private final MemorySegment vectors;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final ByteBuffer[] payloads;
  private final int[] tags;
  private int size;

  public SendBatch(AddressFamily family, int capacity, int maxBytes) {
    Arena arena = Arena.ofAuto();
    this.family = family;
    capture = Libc.captureSegment(arena);
    headers = arena.allocate(capacity * MessageLayout.MMSGHDR_BYTES, 8);
    vectors = arena.allocate(capacity * MessageLayout.IOVEC_BYTES, 8);
    names = arena.allocate(capacity * MessageLayout.NAME_BYTES, 8);
    controls = arena.allocate(capacity * CONTROL_BYTES, 8);
    payloads = new ByteBuffer[capacity];
    tails = new MemorySegment[capacity];
    tags = new int[capacity];
    MemorySegment data = arena.allocate((long) capacity * maxBytes, 8);
    for (int i = 0; i < capacity; i++) {
      MemorySegment slice = data.asSlice((long) i * maxBytes, maxBytes);
      payloads[i] = slice.asByteBuffer();
      tails[i] = headers.asSlice(i * MessageLayout.MMSGHDR_BYTES);
      prepare(i, slice);
    }
  }

  public boolean isFull() {
    return size == payloads.length;
  }

  public int size() {
    return size;
  }

  /** The next packet's bytes, cleared, in network byte order. */
  public ByteBuffer payload() {
    return payloads[size].clear();
  }

  /** Takes the bytes up to the payload's position as a packet; {@code tag} is the caller's. */
  public void add(long hi, long lo, int port, int ttl, int tag) {
    SocketAddressLayout.write(names, size * MessageLayout.NAME_BYTES, family, hi, lo, port);
    vectors.set(Libc.LONG, size * MessageLayout.IOVEC_BYTES + 8, payloads[size].position());
    controls.set(Libc.INT, size * CONTROL_BYTES + MessageLayout.CMSG_HEADER_BYTES, ttl);
    tags[size++] = tag;
  }

  public int tag(int index) {
    return tags[index];
  }

  /** Sends from packet {@code from} on; returns how many left, or the negative error number. */
  public int send(NativeSocket socket, int from) {
    int sent;
    try {
      sent = (int) SENDMMSG.invokeExact(capture, socket.fd(), tails[from], size - from, 0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return sent < 0 ? -Libc.errno(capture) : sent;
  }

  public void clear() {
    size = 0;
  }

  private void prepare(int i, MemorySegment data) {
    long header = i * MessageLayout.MMSGHDR_BYTES;
    long vector = i * MessageLayout.IOVEC_BYTES;
    vectors.set(Libc.POINTER, vector, data);
    headers.set(
        Libc.POINTER,
        header + MessageLayout.NAME,
        names.asSlice(i * MessageLayout.NAME_BYTES, MessageLayout.NAME_BYTES));
    headers.set(Libc.INT, header + MessageLayout.NAME_LENGTH, family.sockaddrBytes);
    headers.set(Libc.POINTER, header + MessageLayout.IOVEC, vectors.asSlice(vector));
    headers.set(Libc.LONG, header + MessageLayout.IOVEC_COUNT, 1L);
    long control = i * CONTROL_BYTES;
    headers.set(Libc.POINTER, header + MessageLayout.CONTROL, controls.asSlice(control));
    headers.set(Libc.LONG, header + MessageLayout.CONTROL_LENGTH, CONTROL_BYTES);
    boolean ipv4 = family == AddressFamily.IPV4;
    controls.set(Libc.LONG, control, CONTROL_USED);
    controls.set(
        Libc.INT,
        control + MessageLayout.CMSG_LEVEL,
        ipv4 ? MessageLayout.SOL_IP : MessageLayout.SOL_IPV6);
    controls.set(
        Libc.INT,
        control + MessageLayout.CMSG_TYPE,
        ipv4 ? MessageLayout.IP_TTL : MessageLayout.IPV6_HOPLIMIT);
  }
}
