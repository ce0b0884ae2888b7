package io.nettrace.metric;

/** Why a trace ended where it did. */
public enum TraceEnd {
  /** The target answered. */
  DESTINATION_REACHED,
  /** A router, or the target's network, refused. */
  UNREACHABLE,
  /** The target is deaf to this protocol: only silence behind the last hop that answered. */
  SILENCE,
  /** The largest distance was reached without meeting the target. */
  TTL_EXHAUSTED,
  /** No probe could be sent. */
  SEND_FAILED
}
