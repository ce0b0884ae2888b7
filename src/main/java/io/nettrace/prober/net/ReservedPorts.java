package io.nettrace.prober.net;

import io.nettrace.posix.AddressFamily;
import io.nettrace.posix.NativeSocket;
import io.nettrace.posix.PosixException;
import io.nettrace.posix.SocketType;
import io.nettrace.prober.strategy.Rules;
import java.net.InetAddress;

/**
 * Source ports of raw UDP and TCP probes, one per flow. Bound sockets hold them, so that no other
 * program gets them and with them our answers.
 */
final class ReservedPorts {
  private final NativeSocket[] holders = new NativeSocket[Rules.FLOW_LIMIT + 1];
  private final int[] ports = new int[holders.length];

  ReservedPorts(AddressFamily family, SocketType type) throws PosixException {
    InetAddress any = PingChannel.any(family == AddressFamily.IPV6);
    for (int i = 0; i < holders.length; i++) {
      holders[i] = NativeSocket.open(family, type, 0);
      holders[i].bind(any, 0);
      ports[i] = holders[i].localAddress().getPort();
    }
  }

  int ofFlow(int flow) {
    return ports[flow];
  }

  int[] all() {
    return ports.clone();
  }

  boolean contains(int port) {
    for (int ours : ports) {
      if (ours == port) {
        return true;
      }
    }
    return false;
  }

  void close() {
    for (NativeSocket holder : holders) {
      holder.close();
    }
  }
}
