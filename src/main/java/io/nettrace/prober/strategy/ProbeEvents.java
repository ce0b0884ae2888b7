package io.nettrace.prober.strategy;

import io.nettrace.metric.Protocol;

/** What a network tells the engine. */
public interface ProbeEvents {
  /** The probe was handed to the kernel at {@code nanos} (monotonic), just before it was sent. */
  void sent(int slot, long nanos, long clockOffset);

  /** The kernel would not send it. */
  void refused(int slot, String reason);

  /** The kernel's own stamp of the moment it was sent (wall clock). */
  void transmitted(int slot, long stamp);

  /** Whether this probe is, or lately was, on its way to this address by this protocol. */
  boolean expects(int slot, Protocol protocol, long hi, long lo);

  void answered(int slot, ProbeAnswer answer);

  /** Whether this probe is on its way, wherever to. */
  boolean isOut(int slot, Protocol protocol);

  /** The target answered, but not in a way that tells which of this probe's flow it answers. */
  void ambiguous(int slot);

  /** What would be the answer came from another address, which proves nothing of the target. */
  void answeredElsewhere(int slot, long fromHi, long fromLo);

  /** A packet that is no answer to any of our probes. */
  void dropped(DropReason reason);
}
