package io.nettrace.signal;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What one more burst meant for a series. */
sealed interface SeriesFinding {
  Deviation.Kind kind();

  /** A deviation opened with the burst that began at {@code at}. */
  record Opened(
      Deviation.Kind kind,
      Instant at,
      OptionalLong rttNanosBaseline,
      OptionalLong rttNanosSpread,
      OptionalLong rttNanosSeen,
      OptionalDouble lossRatioBaseline,
      OptionalDouble lossRatioSeen,
      double effectSize,
      Deviation.Evidence evidence)
      implements SeriesFinding {}

  /** The one that was open closed with the burst that began at {@code at}. */
  record Closed(Deviation.Kind kind, Instant at, Deviation.Closing closing)
      implements SeriesFinding {}
}
