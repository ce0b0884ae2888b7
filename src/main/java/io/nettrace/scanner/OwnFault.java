package io.nettrace.scanner;

import java.time.Instant;
import java.util.Optional;

/**
 * A fault of the vantage point itself, which says nothing of any target. Told when it begins and
 * once more, with its end, when it is over; kind and beginning name it.
 *
 * @param targets how many targets could not be measured because of it when it was told
 * @param reason in words for an operator
 */
public record OwnFault(
    Kind kind, Instant beganAt, Optional<Instant> endedAt, int targets, String reason) {

  /** What does not work at the vantage point. */
  public enum Kind {
    /** Nothing answers at all: interface, gateway or line. */
    LINE,
    /** No name server answers. */
    RESOLVER,
    /** The scanner's clock differs from the control plane's. */
    CLOCK
  }

  /** Not before it began, even if the clock was set back since. */
  public OwnFault ended(Instant at) {
    Instant end = at.isBefore(beganAt) ? beganAt : at;
    return new OwnFault(kind, beganAt, Optional.of(end), targets, reason);
  }
}
