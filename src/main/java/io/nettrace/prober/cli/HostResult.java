package io.nettrace.prober.cli;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Trace;
import io.nettrace.prober.strategy.PathReport;
import java.util.List;

/** What was found out about one host. */
sealed interface HostResult {
  String host();

  boolean reached();

  record Unresolved(String host, String reason) implements HostResult {
    @Override
    public boolean reached() {
      return false;
    }
  }

  /**
   * What was measured.
   *
   * @param notes what must be known to read it rightly
   */
  record Measured(String host, AnswerSet answers, PathReport path, Burst burst, List<String> notes)
      implements HostResult {
    public Measured {
      notes = List.copyOf(notes);
    }

    Trace trace() {
      return path.trace();
    }

    @Override
    public boolean reached() {
      return trace().reached() || burst().received() > 0;
    }
  }

  /** What was measured over many rounds. */
  record Continuous(ContinuousHost watched) implements HostResult {
    @Override
    public String host() {
      return watched.host();
    }

    @Override
    public boolean reached() {
      return watched.reached();
    }
  }
}
