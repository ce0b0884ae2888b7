package io.nettrace.route;

/** What one trace meant for the route. */
public sealed interface TraceVerdict {
  /** The first trace: this is the route from now on. */
  record First() implements TraceVerdict {}

  /** Nothing speaks against the route in force. */
  record Same() implements TraceVerdict {}

  /** Another path was seen; trace again at once to know. */
  record Unconfirmed() implements TraceVerdict {}

  /** The route changed. */
  record Changed(RouteChange change) implements TraceVerdict {}

  /** Older than what was already taken into account, or it saw no hop at all. */
  record Ignored() implements TraceVerdict {}
}
