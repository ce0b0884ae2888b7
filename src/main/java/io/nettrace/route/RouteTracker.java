package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.metric.Trace;
import java.util.Optional;

/**
 * Decides for each trace whether its target's route is the same, may have changed, or has changed.
 * A pure function of the state before and the trace; the caller keeps the state.
 */
public final class RouteTracker {
  private final Origins origins;

  /** The state after a trace, and what the trace meant. */
  public record Step(RouteState state, TraceVerdict verdict) {}

  public RouteTracker(Origins origins) {
    this.origins = origins;
  }

  /** Takes the next trace of the same (target, vantage point, method, address) into account. */
  public Optional<Step> observe(Optional<RouteState> before, Trace trace) {
    CanonicalPath seen = CanonicalPath.of(trace);
    if (seen.isEmpty()) {
      return before.map(state -> new Step(state, new TraceVerdict.Ignored()));
    }
    return Optional.of(new TraceJudge(origins, trace).judge(before, seen, trace));
  }
}
