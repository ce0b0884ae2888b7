package io.nettrace.scanner;

import io.nettrace.metric.Trace;

/** A trace, the target it belongs to, and why it was taken. */
public record MeasuredTrace(String targetId, String host, Cause cause, Trace trace) {

  /** Why a trace was taken. */
  public enum Cause {
    SCHEDULED,
    /** A burst deviated from the recent past. */
    DEVIATION,
    /** The control plane asked, for example to confirm a route change. */
    REQUESTED,
    /** The host's addresses changed. */
    RESOLUTION
  }
}
