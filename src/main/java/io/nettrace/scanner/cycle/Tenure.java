package io.nettrace.scanner.cycle;

import io.nettrace.scanner.Lease;
import java.util.BitSet;

/** What may be measured, and until when by the monotonic clock. */
final class Tenure {
  static final Tenure NONE = new Tenure(new BitSet(), new BitSet(), 1, 0, false);

  private final BitSet held;
  private final BitSet idle;
  private final int slices;
  private final long fenceNanos;
  private final boolean sole;

  private Tenure(BitSet held, BitSet idle, int slices, long fenceNanos, boolean sole) {
    this.held = held;
    this.idle = idle;
    this.slices = slices;
    this.fenceNanos = fenceNanos;
    this.sole = sole;
  }

  /** The term counts from before the lease was asked for, so it ends here first. */
  static Tenure of(Lease lease, long askedNanos) {
    return new Tenure(
        bits(lease.held()),
        bits(lease.idle()),
        lease.slices(),
        askedNanos + lease.term().toNanos(),
        lease.sole());
  }

  boolean allows(String targetId, long nowNanos) {
    return held.get(Lease.slice(targetId, slices)) && (sole || nowNanos - fenceNanos < 0);
  }

  /** Nobody has measured it for a whole cycle. */
  boolean isIdle(String targetId) {
    return idle.get(Lease.slice(targetId, slices));
  }

  private static BitSet bits(Iterable<Integer> numbers) {
    BitSet bits = new BitSet();
    numbers.forEach(bits::set);
    return bits;
  }
}
