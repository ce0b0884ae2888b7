package io.nettrace.prober.strategy;

/**
 * The bounds within which the engine works.
 *
 * @param packetsPerSecond over everything that is sent
 * @param maxTtl farthest hop that is looked for, at most {@link #TTL_LIMIT}
 * @param retries further attempts at a hop that answered lately
 * @param graceNanos added to 1.25 times a hop's remembered delay before it is tried again
 * @param lossAfterNanos when an unanswered probe of a burst counts as lost (RFC 6673)
 * @param maxTasks traces and bursts under way at once
 * @param rememberedPaths paths whose delays, silence and length are remembered
 * @param routerPacketsPerSecond answers asked of one router, until it shows a lower limit
 * @param routerBurst answers asked of one router at once
 */
public record EngineBounds(
    int packetsPerSecond,
    int maxTtl,
    int retries,
    long graceNanos,
    long lossAfterNanos,
    int maxTasks,
    int rememberedPaths,
    int routerPacketsPerSecond,
    int routerBurst) {
  public static final int TTL_LIMIT = 64;

  /** Extra flows a trace may be asked to follow. */
  public static final int EXTRA_FLOW_LIMIT = 16;

  /** Enough for a burst, and one for each hop of a usual path, where a flow names the probe. */
  public static final int FLOW_LIMIT = 40;

  /** A path's own flow and the other ones. */
  public static final int FLOWS = FLOW_LIMIT + 1;

  /** Sets of flows a path may use one after another while nothing answers. */
  public static final int RENEWALS = 1 << 12;
}
