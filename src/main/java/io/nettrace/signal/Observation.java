package io.nettrace.signal;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelaySummary;
import io.nettrace.sample.BurstSample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** What is judged of a burst. Its time is held in microseconds, as the record holds it. */
record Observation(Instant at, int sent, int received, OptionalLong p50Nanos) {

  static Observation of(Burst burst) {
    return new Observation(
        burst.startedAt().truncatedTo(ChronoUnit.MICROS),
        burst.sent(),
        burst.received(),
        median(burst.delays()));
  }

  static Observation of(BurstSample burst) {
    return new Observation(
        burst.observedAt(), burst.sent(), burst.received(), median(burst.delays()));
  }

  int lost() {
    return sent - received;
  }

  private static OptionalLong median(Optional<DelaySummary> delays) {
    return delays.isPresent() ? OptionalLong.of(delays.get().p50Nanos()) : OptionalLong.empty();
  }
}
