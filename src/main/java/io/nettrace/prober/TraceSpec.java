package io.nettrace.prober;

import io.nettrace.metric.Protocol;
import io.nettrace.prober.strategy.EngineBounds;
import java.time.Duration;

/**
 * A trace to be taken.
 *
 * @param spread time over which its probes are spread; zero: as fast as the rate allows
 * @param extraFlows further flows by which each hop is asked, to see load balancing; 0–16
 */
public record TraceSpec(Endpoint endpoint, Protocol protocol, Duration spread, int extraFlows) {
  public TraceSpec {
    Bounds.spread(spread);
    Bounds.between("extraFlows", extraFlows, 0, EngineBounds.EXTRA_FLOW_LIMIT);
  }

  /** A trace now, by one flow. */
  public static TraceSpec now(Endpoint endpoint, Protocol protocol) {
    return new TraceSpec(endpoint, protocol, Duration.ZERO, 0);
  }
}
