package io.nettrace.sample;

import io.nettrace.metric.ProbeMode;
import io.nettrace.metric.Protocol;

/**
 * A burst as it passes by in an export: one object that shows row after row, so that a million of
 * them leave no garbage. Valid until the next row; take out what is to be kept.
 *
 * <p>Delays are nanoseconds and mean nothing unless {@link #received} is above 0; {@link
 * #ipdvNanos} is -1 when no two neighbouring probes were answered.
 */
public interface BurstRow {
  int NO_IPDV = -1;

  /** Microseconds since 1970-01-01T00:00Z. */
  long observedAtMicros();

  /** Microseconds since 1970-01-01T00:00Z. */
  long knownAtMicros();

  int revision();

  String host();

  boolean simulated();

  Protocol method();

  ProbeMode mode();

  /** The probed address, literally. */
  String address();

  int sent();

  int received();

  int sendFailures();

  long minNanos();

  long meanNanos();

  long p50Nanos();

  long p90Nanos();

  long p95Nanos();

  long p99Nanos();

  long maxNanos();

  long ipdvNanos();

  long pdvNanos();

  /** Why probes were lost, as {@link io.nettrace.metric.LossReason#text} puts it. */
  String losses();
}
