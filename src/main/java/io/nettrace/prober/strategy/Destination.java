package io.nettrace.prober.strategy;

import io.nettrace.metric.Protocol;
import java.net.InetAddress;

/** Where probes go; a network extends it by what it needs to reach it. */
public class Destination {
  private final InetAddress address;
  private final long hi;
  private final long lo;
  private final int port;
  private final Protocol protocol;

  protected Destination(InetAddress address, long hi, long lo, int port, Protocol protocol) {
    this.address = address;
    this.hi = hi;
    this.lo = lo;
    this.port = port;
    this.protocol = protocol;
  }

  public final InetAddress address() {
    return address;
  }

  /** High half of the address as 128 bits. */
  public final long hi() {
    return hi;
  }

  public final long lo() {
    return lo;
  }

  final boolean is(Protocol otherProtocol, long otherHi, long otherLo) {
    return hi == otherHi && lo == otherLo && protocol == otherProtocol;
  }

  public final int port() {
    return port;
  }

  public final Protocol protocol() {
    return protocol;
  }
}
