package io.nettrace.prober;

import io.nettrace.metric.Protocol;
import java.time.Duration;

/** A burst to be sent: {@code packets} probes to the target itself, evenly over {@code spread}. */
public record BurstSpec(Endpoint endpoint, Protocol protocol, int packets, Duration spread) {
  /** Packets of one burst. */
  public static final int MAX_PACKETS = 10_000;

  public BurstSpec {
    Bounds.between("packets", packets, 1, MAX_PACKETS);
    Bounds.spread(spread);
  }
}
