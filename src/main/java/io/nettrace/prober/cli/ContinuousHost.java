package io.nettrace.prober.cli;

import io.nettrace.metric.AnswerSet;
import io.nettrace.metric.Burst;
import io.nettrace.metric.Hop;
import io.nettrace.metric.HopReply;
import io.nettrace.metric.HopState;
import io.nettrace.metric.Trace;
import io.nettrace.prober.strategy.HopProbes;
import io.nettrace.prober.strategy.PathReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A host over many rounds. Its hops are counted by the probes of the traces; the target by a probe
 * of its own in each round, which is never sent again: that is the loss which counts.
 */
final class ContinuousHost {
  /** One distance: who answered there last, in which state, and all its probes. */
  record Row(int ttl, HopState state, List<HopReply> replies, RoundTally tally) {}

  private final String host;
  private final AnswerSet answers;
  private final TreeMap<Integer, Row> rows = new TreeMap<>();
  private final RoundTally end = new RoundTally();
  private @Nullable Trace trace;
  private int reachedAt;
  private int sendFailures;
  private long rounds;
  private List<String> notes = List.of();

  ContinuousHost(String host, AnswerSet answers) {
    this.host = host;
    this.answers = answers;
  }

  void add(PathReport path, Burst burst, List<String> newNotes) {
    rounds++;
    notes = List.copyOf(newNotes);
    trace = path.trace();
    if (path.trace().reached()) {
      reachedAt = path.trace().hopCount();
    }
    sendFailures += burst.sendFailures();
    end.count(burst.sent(), burst.received());
    burst.delays().ifPresent(delays -> end.delay(delays.meanNanos()));
    path.probes().forEach(this::count);
    path.trace().hops().forEach(this::see);
  }

  private void count(HopProbes probes) {
    row(probes.ttl()).tally().count(probes.sent(), probes.received());
  }

  private void see(Hop hop) {
    if (hop.replies().isEmpty()) {
      return;
    }
    Row row = row(hop.ttl());
    hop.rttNanos().ifPresent(row.tally()::delay);
    rows.put(hop.ttl(), new Row(hop.ttl(), hop.state(), hop.replies(), row.tally()));
  }

  private Row row(int ttl) {
    return rows.computeIfAbsent(
        ttl, distance -> new Row(distance, HopState.SILENT, List.of(), new RoundTally()));
  }

  /** Hops as far as one answered, the target last where a trace reached it. */
  List<Row> rows() {
    int last = reachedAt;
    for (Row row : rows.values()) {
      last = reachedAt == 0 && !row.replies().isEmpty() ? row.ttl() : last;
    }
    List<Row> shown = new ArrayList<>();
    for (int ttl = 1; ttl <= last; ttl++) {
      Row row = row(ttl);
      shown.add(ttl == reachedAt ? new Row(ttl, row.state(), row.replies(), end) : row);
    }
    return shown;
  }

  String host() {
    return host;
  }

  AnswerSet answers() {
    return answers;
  }

  RoundTally end() {
    return end;
  }

  int sendFailures() {
    return sendFailures;
  }

  long rounds() {
    return rounds;
  }

  List<String> notes() {
    return notes;
  }

  /** That of the newest round; empty before the first. */
  Optional<Trace> trace() {
    return Optional.ofNullable(trace);
  }

  boolean reached() {
    return reachedAt > 0 || end.received() > 0;
  }
}
