package io.nettrace.prober.net;

import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.Poll;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.ReceiveBatch;
import io.nettrace.posix.SocketOption;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.packet.EchoRequest;
import io.nettrace.prober.packet.Reply;
import io.nettrace.prober.packet.ReplyDecoder;
import io.nettrace.prober.strategy.EngineBounds;
import io.nettrace.prober.strategy.ProbeEvents;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * ICMP echo without privileges: a ping socket. The kernel puts its own identifier into probes and
 * gives us only answers to that; routers' answers come on the error queue, without their
 * extensions.
 */
final class PingChannel implements Channel {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final int BATCH = 64;
  private static final int PACKET_BYTES = 512;

  private final boolean ipv6;
  private final BatchSender sender;
  private final int identifier;
  private final SentProbes sent;
  private final Arrival arrival;
  private final BatchSender.Unblock unblock = this::errors;
  private final Reply reply = new Reply();
  private final ReceiveBatch packets = new ReceiveBatch(BATCH, PACKET_BYTES);
  private final ReceiveBatch errors = new ReceiveBatch(BATCH, PACKET_BYTES);

  PingChannel(AddressFamily family, SentProbes sent) throws PosixException {
    this.sent = sent;
    arrival = new Arrival(sent);
    ipv6 = family == AddressFamily.IPV6;
    NativeSocket socket = NativeSocket.open(family, SocketType.DATAGRAM, ipv6 ? ICMPV6 : ICMP);
    sender = new BatchSender(socket, 0);
    socket.set(ipv6 ? SocketOption.IPV6_RECEIVE_ERRORS : SocketOption.IPV4_RECEIVE_ERRORS, 1);
    socket.set(ipv6 ? SocketOption.IPV6_RECEIVE_HOP_LIMIT : SocketOption.IPV4_RECEIVE_TTL, 1);
    socket.bind(any(ipv6), 0);
    identifier = socket.localAddress().getPort();
  }

  static InetAddress any(boolean ipv6) {
    try {
      return InetAddress.getByAddress(new byte[ipv6 ? 16 : 4]);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are always an address", e);
    }
  }

  @Override
  public void send(int slot, ChannelDestination to, int ttl, int flow, ProbeEvents events) {
    if (sender.isFull()) {
      flush(events);
    }
    int mark = sent.add(slot, to, identifier);
    EchoRequest.write(sender.payload(), ipv6, identifier, slot, mark, flow % EngineBounds.FLOWS);
    sender.add(to, ttl, slot);
  }

  /** Stamps of what was just sent wait already; unread they would end the next sleep. */
  @Override
  public void flush(ProbeEvents events) {
    if (sender.flush(events, unblock)) {
      errors(events);
    }
  }

  @Override
  public void receive(ProbeEvents events) {
    int received;
    do {
      received = packets.receive(sender.socket());
      arrival.read();
      errors(events);
      for (int i = 0; i < received; i++) {
        packets.select(i);
        arrival.accept(
            ReplyDecoder.pingReply(
                packets.payload(), ipv6, packets.addressHi(), packets.addressLo(), reply),
            reply,
            packets,
            events);
      }
    } while (received == packets.capacity());
  }

  @Override
  public void forget(int slot) {}

  @Override
  public void addTo(Poll poll) {
    poll.addReadable(sender.socket().fd());
  }

  @Override
  public void close() {
    sender.close();
  }

  private void errors(ProbeEvents events) {
    int received;
    do {
      received = errors.receiveErrors(sender.socket());
      arrival.read();
      for (int i = 0; i < received; i++) {
        errors.select(i);
        switch (errors.errorOrigin()) {
          case ReceiveBatch.ORIGIN_TRANSMIT_STAMP -> BatchSender.stamp(errors, events);
          case ReceiveBatch.ORIGIN_ICMP, ReceiveBatch.ORIGIN_ICMPV6 -> error(events);
          default -> {}
        }
      }
    } while (received == errors.capacity());
  }

  private void error(ProbeEvents events) {
    arrival.accept(
        ReplyDecoder.pingQuote(
            errors.payload(),
            ipv6,
            errors.errorType(),
            errors.errorCode(),
            errors.offenderHi(),
            errors.offenderLo(),
            errors.addressHi(),
            errors.addressLo(),
            reply),
        reply,
        errors,
        events);
  }
}
