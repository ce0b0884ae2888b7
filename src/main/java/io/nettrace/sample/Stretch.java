package io.nettrace.sample;

import java.util.OptionalLong;

/**
 * A thirtieth of the last hour.
 *
 * @param sent probes that could be sent in it; 0 when it was not measured
 * @param p50Nanos median of the answered probes; empty when none was answered
 */
public record Stretch(long sent, long received, OptionalLong p50Nanos) {
  /** How many make the hour. */
  public static final int COUNT = 30;
}
