package io.nettrace.sample;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Delay and loss over the hour that ended with the newest burst. Percentiles are those of all
 * answered probes of the hour together, not of the bursts' percentiles.
 *
 * @param course the hour in {@link Stretch#COUNT} stretches, the oldest first; empty when it was
 *     not asked for
 */
public record LastHour(
    Instant start,
    Instant end,
    int bursts,
    long sent,
    long received,
    OptionalLong p50Nanos,
    OptionalLong p99Nanos,
    List<Stretch> course) {
  public LastHour {
    course = List.copyOf(course);
  }

  /** Round-trip loss, 0–1; empty when nothing could be sent. */
  public Optional<Double> lossRatio() {
    return sent == 0 ? Optional.empty() : Optional.of((sent - received) / (double) sent);
  }
}
