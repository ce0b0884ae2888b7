package io.nettrace.identity;

import java.time.Duration;

/** What came of an attempt to show again who one is. */
public sealed interface StepUpOutcome {
  /** For {@link Session#STEP_UP_LIFE} from now on. */
  record SteppedUp() implements StepUpOutcome {}

  /** The app's own code, entered again: wait for the next one. It is not counted. */
  record CodeUsed() implements StepUpOutcome {}

  record Refused() implements StepUpOutcome {}

  record LockedOut(Duration retryAfter) implements StepUpOutcome {}

  record Busy() implements StepUpOutcome {}
}
