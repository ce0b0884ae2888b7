package io.nettrace.onboarding;

import java.time.Instant;
import java.util.List;

/** What came of a sign-up. */
public sealed interface SignUpOutcome {
  /** A letter is on its way; the slug is kept until then. */
  record LetterSent(Instant until) implements SignUpOutcome {}

  /** Something is wrong with it; every mistake is named. */
  record Refused(List<Mistake> mistakes) implements SignUpOutcome {
    public Refused {
      mistakes = List.copyOf(mistakes);
    }
  }

  /** Too many passwords are being hashed; ask again in a moment. */
  record Busy() implements SignUpOutcome {}

  /** What is wrong with one field. */
  record Mistake(String field, String reason) {}
}
