package io.nettrace.prober;

import io.nettrace.metric.AnswerSet;
import java.time.Instant;

/** What asking for a host's addresses brought. */
public sealed interface Lookup {

  /** The name service's answer, or one that is still valid by its TTL. */
  record Found(AnswerSet answers) implements Lookup {}

  /** No address; {@code reason} in words for an operator. */
  record Failed(String host, Instant at, String reason) implements Lookup {}
}
