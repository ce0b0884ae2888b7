package io.nettrace.prober.net;

import io.nettrace.metric.Protocol;
import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.packet.AddressBits;
import io.nettrace.prober.strategy.Destination;
import java.net.InetAddress;

/** A destination, the channel that reaches it, and the address we have on the way there. */
final class ChannelDestination extends Destination {
  private static final int ANY_PORT = 9;

  private final Channel channel;
  private final long sourceHi;
  private final long sourceLo;

  ChannelDestination(InetAddress address, int port, Protocol protocol, Channel channel)
      throws PosixException {
    super(address, AddressBits.hi(address), AddressBits.lo(address), port, protocol);
    this.channel = channel;
    InetAddress source = protocol == Protocol.ICMP ? address : sourceFor(address);
    this.sourceHi = AddressBits.hi(source);
    this.sourceLo = AddressBits.lo(source);
  }

  Channel channel() {
    return channel;
  }

  long sourceHi() {
    return sourceHi;
  }

  long sourceLo() {
    return sourceLo;
  }

  /**
   * Only UDP's and TCP's checksums cover our own address. Connecting a datagram socket sends
   * nothing; it makes the kernel choose a route.
   */
  private static InetAddress sourceFor(InetAddress address) throws PosixException {
    try (NativeSocket socket =
        NativeSocket.open(AddressFamily.of(address), SocketType.DATAGRAM, 0)) {
      int error = socket.connect(address, ANY_PORT);
      if (error != 0) {
        throw new PosixException("connect", address.getHostAddress(), error);
      }
      return socket.localAddress().getAddress();
    }
  }
}
