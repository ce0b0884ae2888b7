package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.metric.AddressText;
import io.nettrace.sample.TraceSample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest trace, without its hops. */
record PathView(
    Instant observedAt,
    String method,
    String mode,
    String address,
    String end,
    int hopCount,
    @Nullable Double totalRttMs,
    @Nullable Double firstHopRttMs,
    @Nullable Double lastHopRttMs,
    @Nullable String routeHash) {

  static PathView of(TraceSample trace) {
    return new PathView(
        trace.observedAt(),
        ConstantNames.of(trace.method()),
        ConstantNames.of(trace.mode()),
        AddressText.of(trace.address()),
        ConstantNames.of(trace.end()),
        trace.hopCount(),
        Millis.of(trace.totalRttNanos()),
        Millis.of(trace.firstHopRttNanos()),
        Millis.of(trace.lastHopRttNanos()),
        trace.routeHash().orElse(null));
  }
}
