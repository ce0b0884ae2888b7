package io.nettrace.scanner.cycle;

import io.nettrace.scanner.AssignedTarget;
import java.util.List;

/**
 * Each target's place in the cycle, 0 to 1, the same at every scanner. The catalogue's are spread
 * evenly in their order. Those of tenants come and go, so their place follows from their id alone
 * and nobody else's moves.
 */
final class Positions {
  /** The fraction of the golden ratio: multiples of it fill the circle evenly. */
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private final long ordered;
  private long index;

  Positions(List<AssignedTarget> targets) {
    this.ordered = targets.stream().filter(target -> !target.guarded()).count();
  }

  /** To be asked for each target in the assignment's order. */
  double next(AssignedTarget target) {
    return target.guarded() ? scattered(target.targetId()) : (double) index++ / ordered;
  }

  private static double scattered(String id) {
    long hash = id.hashCode() * GOLDEN; // by its specification the same everywhere
    hash = (hash ^ (hash >>> 32)) * GOLDEN;
    return (hash >>> 11) * 0x1.0p-53;
  }
}
