package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;
import io.nettrace.metric.TraceEnd;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A trace as the record holds it, without its hops. */
public record TraceSample(
    Instant observedAt,
    Protocol method,
    ProbeMode mode,
    InetAddress address,
    TraceEnd end,
    OptionalLong totalRttNanos,
    int hopCount,
    OptionalLong firstHopRttNanos,
    OptionalLong lastHopRttNanos,
    Optional<String> routeHash) {}
