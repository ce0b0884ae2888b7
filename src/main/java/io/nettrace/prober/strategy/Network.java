package io.nettrace.prober.strategy;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The world as the engine sees it: it carries probes, each named by a slot number, and tells what
 * became of them. All but {@link #wakeUp()} are called by the engine's thread only.
 */
public interface Network extends AutoCloseable {
  ProbeMode mode();

  /** Whether probes of this protocol can be given a TTL and routers' answers be seen. */
  boolean seesHops(Protocol protocol);

  /**
   * Fails when there is no route, or when this mode cannot send the protocol. {@code before} is
   * what it said of this address and protocol the last time, to be used again where it still holds.
   */
  Destination destination(
      InetAddress address, int port, Protocol protocol, @Nullable Destination before)
      throws IOException;

  /** Monotonic nanoseconds. */
  long nanoTime();

  /**
   * Takes a probe for the next {@link #flush}. {@code flow} modulo {@link EngineBounds#FLOWS} is 0
   * for the path's own and more for an extra one; divided by it, how often the path's flows were
   * renewed: those of another renewal carry another ICMP identifier or another source port.
   */
  void send(int slot, Destination to, int ttl, int flow, ProbeEvents events);

  void flush(ProbeEvents events);

  /** Hands over all that had arrived by the end of {@link #await}, without waiting. */
  void receive(ProbeEvents events);

  /** Nobody waits for this probe any more; what it holds may be freed. */
  void forget(int slot);

  /** Waits until something arrives, at most {@code nanos}. */
  void await(long nanos);

  /** Ends {@link #await} at once; callable from any thread. */
  void wakeUp();

  @Override
  void close();
}
