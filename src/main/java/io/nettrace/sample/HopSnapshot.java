package io.nettrace.sample;

import io.nettrace.metric.Hop;
import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A trace that was kept hop by hop. */
public record HopSnapshot(
    Instant observedAt,
    Protocol method,
    ProbeMode mode,
    InetAddress address,
    TraceEnd end,
    Optional<String> routeHash,
    List<Hop> hops) {
  public HopSnapshot {
    hops = List.copyOf(hops);
  }
}
