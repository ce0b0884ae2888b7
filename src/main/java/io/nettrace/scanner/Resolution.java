package io.nettrace.scanner;

import io.nettrace.metric.AnswerSet;
import java.time.Instant;

/**
 * What asking for a target's addresses brought: an answer set that differs from the last, or a
 * failure.
 */
public sealed interface Resolution {
  String targetId();

  /** The first answer, or one with other addresses than before. */
  record Resolved(String targetId, AnswerSet answers) implements Resolution {}

  /** The name could not be resolved; the target is not measured until it can. */
  record Failed(String targetId, String host, Instant at, String reason) implements Resolution {}
}
