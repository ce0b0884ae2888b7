package io.nettrace.scan;

import io.nettrace.scanner.Renewed;

/** What came of the renewal of a lease. */
public sealed interface RenewalOutcome {
  record Extended(Renewed renewed) implements RenewalOutcome {}

  /** This run of the scanner never introduced itself, so it is to say hello. */
  record Unknown() implements RenewalOutcome {}

  /** The scanner has no right to speak for the vantage point; nothing was changed. */
  record NotAdmitted() implements RenewalOutcome {}
}
