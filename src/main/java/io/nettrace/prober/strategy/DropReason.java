package io.nettrace.prober.strategy;

/** Why an arriving packet was not taken for an answer. */
public enum DropReason {
  TRUNCATED,
  BAD_CHECKSUM,
  MALFORMED,
  /** Another program's, or a kind we do not ask for. */
  FOREIGN,
  /** It names a probe of ours that is not on its way, or was sent to somebody else. */
  UNEXPECTED,
  /** The target's answer to one of several probes of a flow; it does not say to which. */
  AMBIGUOUS,
  /** It answers a probe that was answered before. */
  DUPLICATE
}
