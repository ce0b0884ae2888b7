package io.nettrace.prober.net;

import io.nettrace.metric.Protocol;
import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.PacketFilter;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.SocketOption;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.packet.EchoRequest;
import io.nettrace.prober.packet.Reply;
import io.nettrace.prober.packet.ReplyDecoder;
import io.nettrace.prober.packet.TcpSyn;
import io.nettrace.prober.packet.UdpProbe;
import io.nettrace.prober.packet.Verdict;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

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

  private final AddressFamily family;
  private final boolean ipv6;
  private final int identifier;
  private final int sequenceHigh;
  private @Nullable ReservedPorts udpPorts;
  private @Nullable ReservedPorts tcpPorts;

  RawChannels(AddressFamily family) {
    this.family = family;
    this.ipv6 = family == AddressFamily.IPV6;
    SecureRandom random = new SecureRandom();
    identifier = random.nextInt(1, 0x1_0000);
    sequenceHigh = random.nextInt(0x1_0000) << 16;
  }

  Channel open(Protocol protocol) throws PosixException {
    return switch (protocol) {
      case ICMP -> icmp();
      case UDP -> udp();
      case TCP -> tcp();
    };
  }

  private Channel icmp() throws PosixException {
    NativeSocket socket = NativeSocket.open(family, SocketType.RAW, ipv6 ? ICMPV6 : ICMP);
    if (ipv6) {
      socket.set(SocketOption.ICMPV6_FILTER, ICMPV6_REFUSED);
      socket.set(SocketOption.IPV6_RECEIVE_HOP_LIMIT, 1);
    } else {
      socket.set(SocketOption.ICMP_FILTER, ICMP_REFUSED);
    }
    return new RawChannel(
        socket,
        (out, slot, to, flow) -> EchoRequest.write(out, ipv6, identifier, slot, flow),
        ipv6
            ? (packet, reply) ->
                ReplyDecoder.icmp6(packet.payload(), packet.addressHi(), packet.addressLo(), reply)
            : (packet, reply) -> ReplyDecoder.icmp4(packet.payload(), reply),
        new Arrival(this::slot),
        () -> {});
  }

  private Channel udp() throws PosixException {
    ReservedPorts ports = new ReservedPorts(family, SocketType.DATAGRAM);
    udpPorts = ports;
    NativeSocket socket = NativeSocket.open(family, SocketType.RAW, UdpProbe.PROTOCOL);
    socket.attach(PacketFilter.nothing());
    return new RawChannel(
        socket,
        (out, slot, to, flow) ->
            UdpProbe.write(
                out,
                to.sourceHi(),
                to.sourceLo(),
                to.hi(),
                to.lo(),
                ports.ofFlow(flow),
                to.port(),
                slot),
        (_, _) -> Verdict.FOREIGN,
        new Arrival(this::slot),
        ports::close);
  }

  private Channel tcp() throws PosixException {
    ReservedPorts ports = new ReservedPorts(family, SocketType.STREAM);
    tcpPorts = ports;
    NativeSocket socket = NativeSocket.open(family, SocketType.RAW, TcpSyn.PROTOCOL);
    socket.attach(PacketFilter.destinationPorts(family, ports.all()));
    return new RawChannel(
        socket,
        (out, slot, to, flow) ->
            TcpSyn.write(
                out,
                to.sourceHi(),
                to.sourceLo(),
                to.hi(),
                to.lo(),
                ports.ofFlow(flow),
                to.port(),
                sequenceHigh | slot),
        ipv6
            ? (packet, reply) ->
                ReplyDecoder.tcp6(packet.payload(), packet.addressHi(), packet.addressLo(), reply)
            : (packet, reply) -> ReplyDecoder.tcp4(packet.payload(), reply),
        new Arrival(this::slot),
        ports::close);
  }

  private int slot(Reply reply) {
    return switch (Arrival.protocol(reply)) {
      case ICMP -> reply.id() == identifier ? reply.probe() : 0;
      case UDP -> isOurs(udpPorts, reply.id()) ? reply.probe() : 0;
      case TCP -> isOurs(tcpPorts, reply.id()) ? tcpSlot(reply.probe()) : 0;
    };
  }

  private int tcpSlot(int sequence) {
    return (sequence & 0xffff_0000) == sequenceHigh ? sequence & 0xffff : 0;
  }

  private static boolean isOurs(@Nullable ReservedPorts ports, int port) {
    return ports != null && ports.contains(port);
  }
}
