package io.nettrace.scan;

import io.nettrace.scanner.Acknowledgement;

/** What came of a delivery. When the database is away there is no outcome, but an exception. */
public sealed interface DeliveryOutcome {
  /** Its measurements are in the record for good, now or since an earlier time. */
  record Stored(Acknowledgement acknowledgement) implements DeliveryOutcome {}

  /** Its vantage point is of the other kind, or has no proper name; nothing was stored. */
  record Refused(String reason) implements DeliveryOutcome {}

  /** The scanner has no right to speak for the vantage point; nothing was stored. */
  record NotAdmitted() implements DeliveryOutcome {}
}
