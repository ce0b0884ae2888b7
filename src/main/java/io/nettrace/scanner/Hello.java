package io.nettrace.scanner;

import io.nettrace.metric.ProbeMode;
import java.util.UUID;

/**
 * How a scanner introduces itself when it asks for its assignment.
 *
 * @param vantagePoint its name, such as {@code local} or {@code lab-ewr}
 * @param simulated true when it measures the lab's network and not the internet
 * @param spool identifies the numbering of its deliveries
 */
public record Hello(
    int contractVersion, String vantagePoint, boolean simulated, ProbeMode mode, UUID spool) {
  /** Raised when an old scanner and a new control plane could misunderstand each other. */
  public static final int CONTRACT_VERSION = 1;
}
