package io.nettrace.edge.api.v1;

import io.nettrace.sample.RecordedTrace;
import io.nettrace.sample.Selection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One trace of the record, without its hops. */
record RecordedTraceView(
    String id,
    Instant observedAt,
    Instant knownAt,
    String method,
    String mode,
    String address,
    String end,
    int hopCount,
    @Nullable Double totalRttMs,
    @Nullable Double firstHopRttMs,
    @Nullable Double lastHopRttMs,
    @Nullable String routeHash) {

  static RecordedTraceView of(Selection selection, RecordedTrace row) {
    PathView trace = PathView.of(row.trace());
    return new RecordedTraceView(
        ItemIds.trace(selection, row.trace()),
        trace.observedAt(),
        row.knownAt(),
        trace.method(),
        trace.mode(),
        trace.address(),
        trace.end(),
        trace.hopCount(),
        trace.totalRttMs(),
        trace.firstHopRttMs(),
        trace.lastHopRttMs(),
        trace.routeHash());
  }
}
