package io.nettrace.prober.net;

import io.nettrace.metric.Protocol;
import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.PacketFilter;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.SocketOption;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.packet.EchoRequest;
import io.nettrace.prober.packet.Ipv4Header;
import io.nettrace.prober.packet.ReplyDecoder;
import io.nettrace.prober.packet.TcpSyn;
import io.nettrace.prober.packet.UdpProbe;
import io.nettrace.prober.strategy.EngineBounds;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The raw channels of one address family, opened when first needed. Routers' answers to all three
 * protocols arrive on the ICMP channel, which is therefore opened first.
 */
final class RawChannels {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;

  /** All but echo reply, destination unreachable and time exceeded. */
  private static final int ICMP_REFUSED = ~(1 | 1 << 3 | 1 << 11);

  /** All but destination unreachable and time exceeded (word 0) and echo reply (129: word 4). */
  private static final int[] ICMPV6_REFUSED = {
    ~(1 << 1 | 1 << 3), -1, -1, -1, ~(1 << 1), -1, -1, -1
  };

  /** Odd, so that it leads through all identifiers before one comes again. */
  private static final int IDENTIFIER_STEP = 27_145;

  private final AddressFamily family;
  private final boolean ipv6;
  private final SentProbes sent;
  private final int identifier;
  private final int headerBytes;

  RawChannels(AddressFamily family, SentProbes sent) {
    this.family = family;
    this.ipv6 = family == AddressFamily.IPV6;
    this.sent = sent;
    this.identifier = new SecureRandom().nextInt(1, 0x1_0000);
    this.headerBytes = ipv6 ? 0 : Ipv4Header.BYTES;
  }

  Channel open(Protocol protocol) throws PosixException {
    return switch (protocol) {
      case ICMP -> icmp();
      case UDP -> udp();
      case TCP -> tcp();
    };
  }

  private Channel icmp() throws PosixException {
    NativeSocket socket = open(ipv6 ? ICMPV6 : ICMP);
    if (ipv6) {
      socket.set(SocketOption.ICMPV6_FILTER, ICMPV6_REFUSED);
      socket.set(SocketOption.IPV6_RECEIVE_HOP_LIMIT, 1);
    } else {
      socket.set(SocketOption.ICMP_FILTER, ICMP_REFUSED);
    }
    return new RawChannel(
        socket,
        headerBytes,
        (out, slot, to, ttl, flow) -> {
          int id = identifier(flow / EngineBounds.FLOWS);
          int mark = sent.add(slot, to, id);
          header(out, to, ttl, mark, ICMP, EchoRequest.BYTES);
          EchoRequest.write(out, ipv6, id, slot, mark, flow % EngineBounds.FLOWS);
        },
        ipv6
            ? (packet, reply) ->
                ReplyDecoder.icmp6(packet.payload(), packet.addressHi(), packet.addressLo(), reply)
            : (packet, reply) -> ReplyDecoder.icmp4(packet.payload(), reply),
        sent,
        () -> {});
  }

  private Channel udp() throws PosixException {
    ReservedPorts ports = new ReservedPorts(family, SocketType.DATAGRAM);
    NativeSocket socket = open(UdpProbe.PROTOCOL);
    socket.attach(PacketFilter.destinationPorts(family, ports.all()));
    return new RawChannel(
        socket,
        headerBytes,
        (out, slot, to, ttl, flow) -> {
          int port = ports.ofFlow(flow);
          int mark = sent.add(slot, to, port);
          header(out, to, ttl, mark, UdpProbe.PROTOCOL, UdpProbe.BYTES);
          UdpProbe.write(
              out, to.sourceHi(), to.sourceLo(), to.hi(), to.lo(), port, to.port(), slot, mark);
        },
        ipv6
            ? (packet, reply) ->
                ReplyDecoder.udp6(packet.payload(), packet.addressHi(), packet.addressLo(), reply)
            : (packet, reply) -> ReplyDecoder.udp4(packet.payload(), reply),
        sent,
        ports::close);
  }

  private Channel tcp() throws PosixException {
    ReservedPorts ports = new ReservedPorts(family, SocketType.STREAM);
    NativeSocket socket = open(TcpSyn.PROTOCOL);
    socket.attach(PacketFilter.destinationPorts(family, ports.all()));
    return new RawChannel(
        socket,
        headerBytes,
        (out, slot, to, ttl, flow) -> {
          int port = ports.ofFlow(flow);
          int mark = sent.add(slot, to, port);
          header(out, to, ttl, mark, TcpSyn.PROTOCOL, TcpSyn.BYTES);
          int sequence = mark << 16 | slot;
          TcpSyn.write(
              out, to.sourceHi(), to.sourceLo(), to.hi(), to.lo(), port, to.port(), sequence);
        },
        ipv6
            ? (packet, reply) ->
                ReplyDecoder.tcp6(packet.payload(), packet.addressHi(), packet.addressLo(), reply)
            : (packet, reply) -> ReplyDecoder.tcp4(packet.payload(), reply),
        sent,
        ports::close);
  }

  private NativeSocket open(int protocol) throws PosixException {
    NativeSocket socket = NativeSocket.open(family, SocketType.RAW, protocol);
    if (!ipv6) {
      socket.set(SocketOption.IPV4_HEADER_INCLUDED, 1);
    }
    return socket;
  }

  /** The kernel writes IPv6's header itself; there is no identification in it. */
  private void header(
      ByteBuffer out, ChannelDestination to, int ttl, int mark, int protocol, int bytes) {
    if (!ipv6) {
      Ipv4Header.write(out, to.lo(), ttl, mark, protocol, bytes);
    }
  }

  private int identifier(int renewal) {
    int id = identifier + renewal * IDENTIFIER_STEP & 0xffff;
    return id == 0 ? IDENTIFIER_STEP : id;
  }
}
