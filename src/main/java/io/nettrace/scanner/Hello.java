package io.nettrace.scanner;

import io.nettrace.metric.ProbeMode;
import java.util.UUID;

/**
 * How a scanner introduces itself when it asks for its assignment.
 *
 * @param vantagePoint its name, such as {@code local} or {@code lab-ewr}
 * @param simulated true when it measures the lab's network and not the internet
 * @param spool identifies the numbering of its deliveries, another one in each run
 * @param instance identifies the installation, the same one in each run
 */
public record Hello(
    int contractVersion,
    String vantagePoint,
    boolean simulated,
    ProbeMode mode,
    UUID spool,
    UUID instance,
    SpoolState state) {
  /** The same with what the spool holds now. */
  public Hello with(SpoolState now) {
    return new Hello(contractVersion, vantagePoint, simulated, mode, spool, instance, now);
  }

  /** Raised when an old scanner and a new control plane could misunderstand each other. */
  public static final int CONTRACT_VERSION = 3;
}
