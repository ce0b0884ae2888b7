package io.nettrace.prober.strategy;

import io.nettrace.metric.Trace;
import java.util.List;

/**
 * A trace, and how many probes each distance took; distances behind the trace's last hop are told
 * where they were asked.
 */
public record PathReport(Trace trace, List<HopProbes> probes) {
  public PathReport {
    probes = List.copyOf(probes);
  }
}
