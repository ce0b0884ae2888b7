package io.nettrace.scan;

import io.nettrace.scanner.Assignment;

/** What came of a scanner's introduction. */
public sealed interface Introduction {
  record Assigned(Assignment assignment) implements Introduction {}

  /** It may not measure under this name, or speaks another contract. */
  record Refused(String reason) implements Introduction {}

  /** The scanner has no right to speak for the vantage point; nothing was changed. */
  record NotAdmitted() implements Introduction {}
}
