package io.nettrace.prober.net;

import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.Errno;
import io.nettrace.posix.KernelClock;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.Poll;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.posix.SocketOption;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.strategy.ProbeAnswer;
import io.nettrace.prober.strategy.ProbeEvents;
import java.util.OptionalLong;

/**
 * TCP without privileges: real connections, closed as soon as they stand. The kernel measures the
 * handshake itself (TCP_INFO), so that it does not matter how late this thread notices. With a
 * small TTL the error queue tells which router the SYN died at.
 */
final class ConnectChannel implements Channel {
  private static final int BATCH = 4;
  private static final int PACKET_BYTES = 256;
  private static final int TO_THE_TARGET = 64;

  private final AddressFamily family;
  private final SocketPerProbe probes = new SocketPerProbe();
  private final ReceiveBatch packets = new ReceiveBatch(BATCH, PACKET_BYTES);
  private final KernelClock clock = new KernelClock();
  private final KernelIcmpErrors icmpError = new KernelIcmpErrors();
  private final ProbeAnswer answer = new ProbeAnswer();
  private final ChannelDestination[] routes = new ChannelDestination[0x1_0000];

  ConnectChannel(AddressFamily family) throws PosixException {
    this.family = family;
    open(TO_THE_TARGET).close();
  }

  @Override
  public void send(int slot, ChannelDestination to, int ttl, int flow, ProbeEvents events) {
    if (probes.isFull()) {
      events.refused(slot, "more than " + SocketPerProbe.LIMIT + " connections at once");
      return;
    }
    try {
      NativeSocket socket = open(ttl);
      probes.add(slot, socket);
      routes[slot] = to;
      long nanos = System.nanoTime();
      long offset = clock.offsetNanos();
      int error = socket.connect(to.address(), to.port());
      if (error != 0 && error != Errno.EINPROGRESS && error != Errno.ECONNREFUSED) {
        throw new PosixException("connect", to.address().getHostAddress(), error);
      }
      events.sent(slot, nanos, offset);
      if (error == Errno.ECONNREFUSED) {
        probes.remove(slot);
        target(slot, 0);
        events.answered(slot, answer);
      }
    } catch (PosixException e) {
      probes.remove(slot);
      events.refused(slot, String.valueOf(e.getMessage()));
    }
  }

  private NativeSocket open(int ttl) throws PosixException {
    NativeSocket socket = NativeSocket.open(family, SocketType.STREAM, 0);
    boolean ipv6 = family == AddressFamily.IPV6;
    socket.set(ipv6 ? SocketOption.IPV6_RECEIVE_ERRORS : SocketOption.IPV4_RECEIVE_ERRORS, 1);
    socket.set(ipv6 ? SocketOption.IPV6_HOPS : SocketOption.IPV4_TTL, ttl);
    socket.offer(SocketOption.TIMESTAMPING, SocketOption.STAMP_SENT_AND_RECEIVED);
    return socket;
  }

  @Override
  public void flush(ProbeEvents events) {}

  @Override
  public void receive(ProbeEvents events) {
    ready.clear();
    probes.addTo(ready, true);
    if (ready.await(0) > 0) {
      probes.visit(this::read, events);
    }
  }

  private final Poll ready = new Poll(SocketPerProbe.LIMIT);

  private boolean read(int slot, NativeSocket socket, ProbeEvents events) {
    int errors = packets.receiveErrors(socket);
    for (int i = 0; i < errors; i++) {
      packets.select(i);
      if (icmpError.isIcmp(packets)) {
        icmpError.readNow(answer, clock);
        if (icmpError.read(answer, packets)) {
          events.answered(slot, answer);
          return true;
        }
      }
    }
    return handshake(slot, socket, events);
  }

  private boolean handshake(int slot, NativeSocket socket, ProbeEvents events) {
    int error = socket.takeError();
    if (error == Errno.ECONNREFUSED) {
      target(slot, 0);
      events.answered(slot, answer);
      return true;
    }
    OptionalLong rtt = socket.handshakeRttNanos();
    if (error == 0 && rtt.isPresent()) {
      target(slot, rtt.getAsLong());
      events.answered(slot, answer);
      return true;
    }
    return error != 0;
  }

  private void target(int slot, long measuredNanos) {
    icmpError.readNow(answer, clock);
    answer.kind = ProbeAnswer.Kind.TARGET;
    answer.fromHi = routes[slot].hi();
    answer.fromLo = routes[slot].lo();
    answer.icmpType = 0;
    answer.icmpCode = 0;
    answer.hopLimit = 0;
    answer.stamp = 0;
    answer.measuredNanos = measuredNanos;
  }

  @Override
  public void forget(int slot) {
    probes.remove(slot);
  }

  @Override
  public void addTo(Poll poll) {
    probes.addTo(poll, true);
  }

  @Override
  public void close() {
    probes.close();
  }
}
