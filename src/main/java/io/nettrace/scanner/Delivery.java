package io.nettrace.scanner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A numbered parcel of measurements. {@code (spool, sequence)} names it for ever: sending it again
 * is harmless.
 *
 * @param waited how long before it was sent it was sealed, by a clock that is never set; empty for
 *     what an earlier run of the scanner sealed
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
    List<OwnFault> faults,
    Optional<Duration> waited) {
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
        spool,
        sequence,
        vantagePoint,
        simulated,
        sealedAt,
        bursts,
        traces,
        resolutions,
        List.of(),
        Optional.empty());
  }

  public Delivery {
    bursts = List.copyOf(bursts);
    traces = List.copyOf(traces);
    resolutions = List.copyOf(resolutions);
    faults = List.copyOf(faults);
  }
}
