package io.nettrace.prober.cli;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Trace;

/** What was found out about one host. */
sealed interface Finding {
  String host();

  boolean reached();

  record Unresolved(String host, String reason) implements Finding {
    @Override
    public boolean reached() {
      return false;
    }
  }

  record Measured(String host, AnswerSet answers, Trace trace, Burst burst) implements Finding {
    @Override
    public boolean reached() {
      return trace.reached() || burst.received() > 0;
    }
  }
}
