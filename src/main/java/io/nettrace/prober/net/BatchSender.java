package io.nettrace.prober.net;

import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.Errno;
import io.nettrace.posix.KernelClock;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.posix.SendBatch;
import io.nettrace.posix.SocketOption;
import io.nettrace.prober.strategy.ProbeEvents;
import java.nio.ByteBuffer;

/**
 * A socket through which many probes leave in batches, and the kernel's stamps of when they did.
 *
 * <p>A stamp comes back on the error queue with the packet it belongs to; all our probes are 24
 * bytes long and carry their slot in bytes 6 and 7, so the packet names itself whatever headers
 * stand before it.
 */
final class BatchSender {
  private static final int CAPACITY = 64;
  private static final int PROBE_BYTES = 24;
  private static final int SLOT_OFFSET = 6;
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int ATTEMPTS = 4;

  /** Drains the error queue. */
  @FunctionalInterface
  interface Unblock {
    void drain(ProbeEvents events);
  }

  private final NativeSocket socket;
  private final SendBatch batch;
  private final KernelClock clock = new KernelClock();

  /** {@code headerBytes} stand before each probe in what is handed to the kernel. */
  BatchSender(NativeSocket socket, int headerBytes) throws PosixException {
    this.socket = socket;
    this.batch = new SendBatch(socket.family(), CAPACITY, headerBytes + PROBE_BYTES);
    prepare(socket);
  }

  /** Large buffers, stamps both ways, and no flow label that differs from probe to probe. */
  private static void prepare(NativeSocket socket) throws PosixException {
    if (!socket.offer(SocketOption.RECEIVE_BUFFER_FORCE, BUFFER_BYTES)) {
      socket.offer(SocketOption.RECEIVE_BUFFER, BUFFER_BYTES);
    }
    if (!socket.offer(SocketOption.SEND_BUFFER_FORCE, BUFFER_BYTES)) {
      socket.offer(SocketOption.SEND_BUFFER, BUFFER_BYTES);
    }
    socket.set(SocketOption.TIMESTAMPING, SocketOption.STAMP_SENT_AND_RECEIVED);
    if (socket.family() == AddressFamily.IPV6) {
      socket.offer(SocketOption.IPV6_AUTO_FLOW_LABEL, 0);
    }
  }

  boolean isFull() {
    return batch.isFull();
  }

  ByteBuffer payload() {
    return batch.payload();
  }

  void add(ChannelDestination to, int ttl, int slot) {
    batch.add(to.hi(), to.lo(), 0, ttl, slot);
  }

  /**
   * Sends what was added; false when there was nothing. {@code unblock} is called when the kernel
   * reports an earlier ICMP error instead of sending; then the packet is tried again.
   */
  boolean flush(ProbeEvents events, Unblock unblock) {
    if (batch.size() == 0) {
      return false;
    }
    int from = 0;
    int attempts = 0;
    while (from < batch.size()) {
      long nanos = System.nanoTime();
      long offset = clock.offsetNanos();
      int sent = batch.send(socket, from);
      if (sent > 0) {
        for (int i = from; i < from + sent; i++) {
          events.sent(batch.tag(i), nanos, offset);
        }
        from += sent;
        attempts = 0;
      } else if (++attempts < ATTEMPTS && isPassing(-sent)) {
        unblock.drain(events);
      } else {
        events.refused(
            batch.tag(from),
            String.valueOf(new PosixException("sendmmsg", "probe", -sent).getMessage()));
        from++;
        attempts = 0;
      }
    }
    batch.clear();
    return true;
  }

  /** Errors that concern an earlier packet, or that a moment cures. */
  private static boolean isPassing(int errno) {
    return switch (errno) {
      case Errno.EHOSTUNREACH,
          Errno.ECONNREFUSED,
          Errno.ENETUNREACH,
          Errno.EACCES,
          Errno.EINTR,
          Errno.EAGAIN,
          Errno.ENOBUFS ->
          true;
      default -> false;
    };
  }

  /** Takes the selected message of an error queue for a transmit stamp, if it is one. */
  static void stamp(ReceiveBatch errors, ProbeEvents events) {
    ByteBuffer packet = errors.payload();
    if (packet.limit() >= PROBE_BYTES && errors.stamp() != 0) {
      int at = packet.limit() - PROBE_BYTES + SLOT_OFFSET;
      events.transmitted(Short.toUnsignedInt(packet.getShort(at)), errors.stamp());
    }
  }

  NativeSocket socket() {
    return socket;
  }

  void close() {
    socket.close();
  }
}
