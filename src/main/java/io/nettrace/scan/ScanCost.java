package io.nettrace.scan;

import io.nettrace.catalog.ProbingCost;
import io.nettrace.platform.Service;
import io.nettrace.scanner.Cadence;
import jakarta.inject.Inject;
import java.time.Duration;

/** What a target costs at each vantage point of the internet: its bursts and its traces. */
@Service
public class ScanCost implements ProbingCost {
  /** A path of average length with some extra flows; what a trace really takes depends on it. */
  private static final int PACKETS_OF_A_TRACE = 60;

  private static final double MINUTE_SECONDS = 60;

  private final Cadence cadence;

  @Inject
  ScanCost(ScanConfig config) {
    this.cadence = config.cadence(false);
  }

  @Override
  public double packetsPerMinute(Duration burstEvery) {
    return perMinute(cadence.burstPackets(), burstEvery)
        + perMinute(PACKETS_OF_A_TRACE, cadence.traceEvery());
  }

  private static double perMinute(int packets, Duration period) {
    return packets * MINUTE_SECONDS / period.toSeconds();
  }
}
