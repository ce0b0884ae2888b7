package io.nettrace.prober;

import java.net.InetAddress;

/** What is probed; the port matters to UDP and TCP only. */
public record Endpoint(InetAddress address, int port) {
  public Endpoint {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1-65535, not " + port);
    }
  }
}
