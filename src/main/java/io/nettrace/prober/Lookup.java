package io.nettrace.prober;

import io.nettrace.metric.AnswerSet;
import java.time.Instant;
import java.util.Optional;

/** What asking for a host's addresses brought. */
public sealed interface Lookup {

  /**
   * The name service's answer, or one that is still valid by its TTL.
   *
   * @param note what became of the question for the other family, in words, if it failed
   */
  record Found(AnswerSet answers, Optional<String> note) implements Lookup {
    public Found(AnswerSet answers) {
      this(answers, Optional.empty());
    }
  }

  /**
   * No address.
   *
   * @param reason in words for an operator
   * @param denied the name service says there is none; it may also have said nothing
   */
  record Failed(String host, Instant at, String reason, boolean denied) implements Lookup {
    public Failed(String host, Instant at, String reason) {
      this(host, at, reason, true);
    }
  }
}
