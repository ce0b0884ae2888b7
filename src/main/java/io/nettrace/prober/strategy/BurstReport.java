package io.nettrace.prober.strategy;

import io.nettrace.metric.Burst;
import io.nettrace.metric.LossReason;
import java.util.List;

/** A burst, and why probes of it were lost where that is known; silence has no reason. */
public record BurstReport(Burst burst, List<LossReason> losses) {
  public BurstReport {
    losses = List.copyOf(losses);
  }
}
