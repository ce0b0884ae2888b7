package io.nettrace.scanner.spool;

import io.nettrace.metric.Hop;
import io.nettrace.metric.Trace;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much of what was measured a spool file still holds; it only becomes less. */
enum Detail {
  EVERYTHING,
  /** Of each trace only its first answer and its end. */
  NO_HOPS,
  NO_TRACES;

  /** What of an entry is kept at this level. */
  Optional<SpoolEntry> of(SpoolEntry entry) {
    if (entry.kind() != SpoolEntry.Kind.TRACE || this == EVERYTHING) {
      return Optional.of(entry);
    }
    return this == NO_TRACES ? Optional.empty() : thinned(entry);
  }

  private static Optional<SpoolEntry> thinned(SpoolEntry entry) {
    try {
      MeasuredTrace full = Wire.read(entry.content(), MeasuredTrace.class);
      MeasuredTrace thin =
          new MeasuredTrace(full.targetId(), full.host(), full.cause(), thinned(full.trace()));
      return Optional.of(new SpoolEntry(SpoolEntry.Kind.TRACE, Wire.write(thin)));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  /** Silent hops change no route, so the tracker takes a thinned trace for an uninformative one. */
  private static Trace thinned(Trace trace) {
    List<Hop> hops = new ArrayList<>();
    boolean answered = false;
    for (Hop hop : trace.hops()) {
      boolean last = hop.ttl() == trace.hopCount();
      boolean first = !answered && !hop.replies().isEmpty();
      answered |= first;
      hops.add(
          first || last
              ? new Hop(
                  hop.ttl(), hop.state(), hop.replies().stream().limit(1).toList(), hop.refusal())
              : Hop.silent(hop.ttl()));
    }
    return new Trace(
        trace.startedAt(), trace.address(), trace.protocol(), trace.mode(), hops, trace.end());
  }
}
