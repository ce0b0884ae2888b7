package io.nettrace.prober.net;

import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.KernelClock;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.Poll;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.posix.SendBatch;
import io.nettrace.posix.SocketOption;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.strategy.ProbeAnswer;
import io.nettrace.prober.strategy.ProbeEvents;
import java.nio.charset.StandardCharsets;

/**
 * UDP without privileges. The kernel hands on the ICMP error but not the probe's UDP header, so
 * each probe has a socket, hence a source port, of its own: hops of one trace may lie on different
 * branches of a load balancer.
 */
final class UdpErrorQueueChannel implements Channel {
  private static final byte[] PAYLOAD = "nettrace probe".getBytes(StandardCharsets.US_ASCII);
  private static final int BATCH = 4;
  private static final int PACKET_BYTES = 256;

  private final AddressFamily family;
  private final SocketPerProbe probes = new SocketPerProbe();
  private final SendBatch sending;
  private final ReceiveBatch packets = new ReceiveBatch(BATCH, PACKET_BYTES);
  private final KernelClock clock = new KernelClock();
  private final KernelIcmpErrors icmpError = new KernelIcmpErrors();
  private final ProbeAnswer answer = new ProbeAnswer();

  UdpErrorQueueChannel(AddressFamily family) throws PosixException {
    this.family = family;
    this.sending = new SendBatch(family, 1, PAYLOAD.length);
    open().close();
  }

  @Override
  public void send(int slot, ChannelDestination to, int ttl, int flow, ProbeEvents events) {
    if (probes.isFull()) {
      events.refused(slot, "more than " + SocketPerProbe.LIMIT + " UDP probes at once");
      return;
    }
    try {
      NativeSocket socket = open();
      probes.add(slot, socket);
      int error = socket.connect(to.address(), to.port());
      if (error != 0) {
        throw new PosixException("connect", to.address().getHostAddress(), error);
      }
      transmit(slot, socket, to, ttl, events);
    } catch (PosixException e) {
      probes.remove(slot);
      events.refused(slot, String.valueOf(e.getMessage()));
    }
  }

  private void transmit(
      int slot, NativeSocket socket, ChannelDestination to, int ttl, ProbeEvents events)
      throws PosixException {
    sending.clear();
    sending.payload().put(PAYLOAD);
    sending.add(to.hi(), to.lo(), to.port(), ttl, slot);
    long nanos = System.nanoTime();
    long offset = clock.offsetNanos();
    int sent = sending.send(socket, 0);
    if (sent <= 0) {
      throw new PosixException("send", to.address().getHostAddress(), -sent);
    }
    events.sent(slot, nanos, offset);
  }

  private NativeSocket open() throws PosixException {
    NativeSocket socket = NativeSocket.open(family, SocketType.DATAGRAM, 0);
    boolean ipv6 = family == AddressFamily.IPV6;
    socket.set(ipv6 ? SocketOption.IPV6_RECEIVE_ERRORS : SocketOption.IPV4_RECEIVE_ERRORS, 1);
    socket.set(ipv6 ? SocketOption.IPV6_RECEIVE_HOP_LIMIT : SocketOption.IPV4_RECEIVE_TTL, 1);
    socket.set(SocketOption.TIMESTAMPING, SocketOption.STAMP_SENT_AND_RECEIVED);
    return socket;
  }

  @Override
  public void flush(ProbeEvents events) {}

  @Override
  public void receive(ProbeEvents events) {
    probes.visit(this::read, events);
  }

  private boolean read(int slot, NativeSocket socket, ProbeEvents events) {
    int received = packets.receive(socket);
    boolean answered = received > 0;
    if (answered) {
      packets.select(0);
      icmpError.readNow(answer, clock);
      icmpError.fromTarget(answer, packets);
    }
    int errors = packets.receiveErrors(socket);
    for (int i = 0; i < errors; i++) {
      packets.select(i);
      if (packets.errorOrigin() == ReceiveBatch.ORIGIN_TRANSMIT_STAMP) {
        events.transmitted(slot, packets.stamp());
      } else if (!answered && icmpError.isIcmp(packets)) {
        icmpError.readNow(answer, clock);
        answered = icmpError.read(answer, packets);
      }
    }
    if (answered) {
      events.answered(slot, answer);
    }
    return answered;
  }

  @Override
  public void forget(int slot) {
    probes.remove(slot);
  }

  @Override
  public void addTo(Poll poll) {
    probes.addTo(poll, false);
  }

  @Override
  public void close() {
    probes.close();
  }
}
