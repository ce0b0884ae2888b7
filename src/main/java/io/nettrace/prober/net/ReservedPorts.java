package io.nettrace.prober.net;

import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.strategy.EngineBounds;
import java.net.InetAddress;

/**
 * Source ports of raw UDP and TCP probes, one per flow. Bound sockets hold them, so that no other
 * program gets them and with them our answers.
 */
final class ReservedPorts {
  private final NativeSocket[] holders = new NativeSocket[EngineBounds.FLOWS];
  private final int[] ports = new int[holders.length];

  ReservedPorts(AddressFamily family, SocketType type) throws PosixException {
    InetAddress any = PingChannel.any(family == AddressFamily.IPV6);
    for (int i = 0; i < holders.length; i++) {
      holders[i] = NativeSocket.open(family, type, 0);
      holders[i].bind(any, 0);
      ports[i] = holders[i].localAddress().getPort();
    }
  }

  /** Each renewal of a path's flows moves them all on by one port. */
  int ofFlow(int flow) {
    return ports[(flow % EngineBounds.FLOWS + flow / EngineBounds.FLOWS) % ports.length];
  }

  int[] all() {
    return ports.clone();
  }

  void close() {
    for (NativeSocket holder : holders) {
      holder.close();
    }
  }
}
