package io.nettrace.scanner;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A fault of the vantage point itself, which says nothing of any target. Told when it begins and
 * once more, with its end, when it is over; kind and beginning name it. All tenants read it, so no
 * name, address or other free text of anything measured is in it.
 *
 * @param targets how many targets could not be measured because of it when it was told; those of
 *     the catalogue where there are any
 * @param reason one of the kind's sentences; any other text is replaced by the kind's first one
 */
public record OwnFault(
    Kind kind, Instant beganAt, Optional<Instant> endedAt, int targets, String reason) {
  public static final String NO_ANSWER = "no target answers any more";
  public static final String UNSENT = "no packet can be sent from here";
  public static final String NO_NAME_SERVER = "no name server answers";
  public static final String CLOCK_FAST =
      "the scanner's clock is fast; its measurements are dated by their arrival";
  public static final String CLOCK_SLOW =
      "the scanner's clock is slow; its measurements are dated by their arrival";
  private static final String CLOCK_WRONG =
      "the scanner's clock is wrong; its measurements are dated by their arrival";

  public OwnFault {
    reason = kind.known(reason);
  }

  /** What does not work at the vantage point. */
  public enum Kind {
    /** Nothing answers at all: interface, gateway or line. */
    LINE,
    /** No name server answers. */
    RESOLVER,
    /** The scanner's clock differs from the control plane's. */
    CLOCK;

    private List<String> sentences() {
      return switch (this) {
        case LINE -> List.of(NO_ANSWER, UNSENT);
        case RESOLVER -> List.of(NO_NAME_SERVER);
        case CLOCK -> List.of(CLOCK_WRONG, CLOCK_FAST, CLOCK_SLOW);
      };
    }

    /** Scanners of earlier releases tell what they were told by others, which may name a host. */
    private String known(String told) {
      return sentences().contains(told) ? told : sentences().getFirst();
    }
  }

  /** Not before it began, even if the clock was set back since. */
  public OwnFault ended(Instant at) {
    Instant end = at.isBefore(beganAt) ? beganAt : at;
    return new OwnFault(kind, beganAt, Optional.of(end), targets, reason);
  }
}
