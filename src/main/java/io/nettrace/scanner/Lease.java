package io.nettrace.scanner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which part of a vantage point's targets one scanner measures. The targets are cut into slices; no
 * slice is ever leased to two scanners at once.
 *
 * <p>The scanner counts the term by its own monotonic clock from before it asked, so that it stops
 * before the control plane gives the slices to another; clocks of two machines are never compared.
 * A scanner that is the only one of its vantage point goes on without renewal, because nobody else
 * measures what it leaves.
 *
 * @param number of the grant; a scanner says with each renewal which one it obeys
 * @param grantedAt when, by the database's clock; all scanners of a vantage point keep its time
 * @param sole no other scanner measures this vantage point: go on when the term is over
 * @param slices into how many the targets are cut
 * @param held slices that may be measured until the term is over
 * @param idle those of them that nobody has measured for a whole cycle: begin at once
 */
public record Lease(
    long number,
    Instant grantedAt,
    Duration term,
    boolean sole,
    int slices,
    List<Integer> held,
    List<Integer> idle) {
  public Lease {
    held = List.copyOf(held);
    idle = List.copyOf(idle);
  }

  /** The slice of a target, the same on every machine and in every release. */
  public static int slice(String targetId, int slices) {
    int hash = targetId.hashCode(); // by its specification the same everywhere
    return Math.floorMod(hash ^ (hash >>> 16), slices);
  }
}
