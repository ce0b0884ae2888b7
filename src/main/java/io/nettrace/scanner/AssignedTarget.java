package io.nettrace.scanner;

import io.nettrace.metric.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One endpoint to measure.
 *
 * @param port for UDP and TCP
 * @param methods in order of preference
 * @param burstEvery time between two bursts; the cadence's when empty
 * @param guarded a tenant named the host, so each of its addresses must pass the {@link
 *     AddressPolicy} before a packet is sent, and its name stays out of the log
 */
public record AssignedTarget(
    String targetId,
    String host,
    int port,
    List<Protocol> methods,
    Optional<Duration> burstEvery,
    boolean guarded) {
  public AssignedTarget {
    methods = List.copyOf(methods);
  }

  /** One of the catalogue, which is measured as the cadence says. */
  public static AssignedTarget ofCatalogue(
      String targetId, String host, int port, List<Protocol> methods) {
    return new AssignedTarget(targetId, host, port, methods, Optional.empty(), false);
  }

  /** The cadence as it is for this target. */
  public Cadence cadence(Cadence usual) {
    return burstEvery
        .map(
            every ->
                new Cadence(
                    every,
                    usual.burstPackets(),
                    every.compareTo(usual.traceEvery()) > 0 ? every : usual.traceEvery(),
                    usual.packetsPerSecond()))
        .orElse(usual);
  }
}
