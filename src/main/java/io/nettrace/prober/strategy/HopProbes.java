package io.nettrace.prober.strategy;

/**
 * The probes of one trace that asked one distance: every attempt counts, so that a hop that
 * answered at the second attempt lost one of two.
 *
 * @param sent probes whose fate is known; what the kernel refused, or what was still out when the
 *     trace was complete, is not among them
 */
public record HopProbes(int ttl, int sent, int received) {
  public HopProbes {
    if (received < 0 || received > sent) {
      throw new IllegalArgumentException(received + " answers to " + sent + " probes");
    }
  }
}
