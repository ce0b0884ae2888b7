package io.nettrace.route;

/** What one trace meant for the route. */
public sealed interface Verdict {
  /** The first trace: this is the route from now on. */
  record First() implements Verdict {}

  /** Nothing speaks against the route in force. */
  record Same() implements Verdict {}

  /** Another path was seen; trace again at once to know. */
  record Unconfirmed() implements Verdict {}

  /** The route changed. */
  record Changed(RouteChange change) implements Verdict {}

  /** Older than what was already taken into account, or it saw no hop at all. */
  record Ignored() implements Verdict {}
}
