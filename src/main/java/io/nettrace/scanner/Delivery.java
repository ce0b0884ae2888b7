package io.nettrace.scanner;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A numbered parcel of measurements. {@code (spool, sequence)} names it for ever: sending it again
 * is harmless.
 */
public record Delivery(
    UUID spool,
    long sequence,
    String vantagePoint,
    boolean simulated,
    Instant sealedAt,
    List<MeasuredBurst> bursts,
    List<MeasuredTrace> traces,
    List<Resolution> resolutions,
    List<OwnFault> faults) {
  public Delivery(
      UUID spool,
      long sequence,
      String vantagePoint,
      boolean simulated,
      Instant sealedAt,
      List<MeasuredBurst> bursts,
      List<MeasuredTrace> traces,
      List<Resolution> resolutions) {
    this(
        spool, sequence, vantagePoint, simulated, sealedAt, bursts, traces, resolutions, List.of());
  }

  public Delivery {
    bursts = List.copyOf(bursts);
    traces = List.copyOf(traces);
    resolutions = List.copyOf(resolutions);
    faults = List.copyOf(faults);
  }
}
