package io.nettrace.sample;

import io.nettrace.metric.Burst;
import io.nettrace.metric.DelaySummary;
import io.nettrace.metric.Trace;
import io.nettrace.platform.Chores;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Service;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recorder;
import io.nettrace.scan.Recording;
import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes a scan's rows by COPY, inside the delivery's transaction. */
@Service
public class SampleRecorder implements Recorder {
  private static final Duration PREPARE_EVERY = Duration.ofHours(6);
  private static final int LONGEST_REASON = 500;
  private static final int DELAY_COLUMNS = 9;
  private static final String WHAT =
      "observed_at, target_id, vantage_point, target_host, simulated, known_at";
  private static final String HOW = ", method, mode, address";

  private final RouteIdentifier routes;
  private final Latest latest;
  private final SnapshotCadence cadence;
  private final Database database;
  private final Chores chores;
  private final Clock clock;
  private final Partitions partitions = new Partitions();

  @Inject
  SampleRecorder(
      RouteIdentifier routes,
      Latest latest,
      SampleConfig config,
      Database database,
      Chores chores,
      Clock clock) {
    this.routes = routes;
    this.latest = latest;
    this.cadence = new SnapshotCadence(config.snapshotEvery());
    this.database = database;
    this.chores = chores;
    this.clock = clock;
  }

  /** Before any delivery can come. */
  void prepare(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) DatabaseReady ready) {
    prepareAhead();
    chores.every(PREPARE_EVERY, "making partitions ahead", this::prepareAhead);
  }

  private void prepareAhead() {
    Set<String> made = database.transaction(tx -> partitions.prepareAhead(tx, clock.instant()));
    partitions.confirm(made);
  }

  @Override
  public void record(Recording recording) throws SQLException {
    AcceptedScan scan = recording.scan();
    Set<String> made = partitions.prepare(recording.transaction(), times(scan));
    recording.afterCommit(() -> partitions.confirm(made));
    List<IdentifiedRoute> identified = routes.identify(recording);
    copyBursts(recording);
    copyTraces(recording, identified);
    copyResolutions(recording);
    recording.afterCommit(() -> latest.accept(scan, identified));
  }

  private Collection<Instant> times(AcceptedScan scan) {
    return Stream.of(
            scan.bursts().stream().map(b -> b.burst().startedAt()),
            scan.traces().stream().map(t -> t.trace().startedAt()),
            scan.resolutions().stream().map(SampleRecorder::time))
        .flatMap(times -> times)
        .toList();
  }

  private static Instant time(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved resolved -> resolved.answers().resolvedAt();
      case Resolution.Failed failed -> failed.at();
    };
  }

  private static void copyBursts(Recording recording) throws SQLException {
    CopyRows rows = new CopyRows();
    for (MeasuredBurst measured : recording.scan().bursts()) {
      Burst burst = measured.burst();
      what(rows, recording, burst.startedAt(), measured.targetId(), measured.host());
      rows.add(burst.protocol()).add(burst.mode()).add(burst.address());
      rows.add(burst.sent()).add(burst.received()).add(burst.sendFailures());
      delays(rows, burst.delays());
      rows.add(burst.received() == 0 ? null : burst.histogram().encoded()).end();
    }
    rows.into(
        recording.transaction(),
        "catalog.burst_metrics",
        WHAT
            + HOW
            + ", sent, received, send_failures, min_rtt, mean_rtt, p50_rtt, p90_rtt, p95_rtt,"
            + " p99_rtt, max_rtt, ipdv, pdv, histogram");
  }

  private static void delays(CopyRows rows, Optional<DelaySummary> summary) {
    if (summary.isEmpty()) {
      for (int i = 0; i < DELAY_COLUMNS; i++) {
        rows.add((Object) null);
      }
      return;
    }
    DelaySummary d = summary.get();
    rows.add(d.minNanos()).add(d.meanNanos()).add(d.p50Nanos()).add(d.p90Nanos());
    rows.add(d.p95Nanos()).add(d.p99Nanos()).add(d.maxNanos());
    rows.add(d.ipdvNanos()).add(d.pdvNanos());
  }

  private void copyTraces(Recording recording, List<IdentifiedRoute> identified)
      throws SQLException {
    CopyRows metrics = new CopyRows();
    CopyRows snapshots = new CopyRows();
    for (int i = 0; i < identified.size(); i++) {
      MeasuredTrace measured = recording.scan().traces().get(i);
      IdentifiedRoute route = identified.get(i);
      metric(metrics, recording, measured, route);
      boolean due = cadence.isDue(recording.scan().vantagePoint().name(), measured.targetId());
      if (due || route.changed()) {
        snapshot(snapshots, recording, measured, route);
      }
    }
    metrics.into(
        recording.transaction(),
        "catalog.scan_metrics",
        WHAT
            + HOW
            + ", cause, trace_end, total_rtt, hop_count, first_hop_rtt, last_hop_rtt, route_hash");
    snapshots.into(
        recording.transaction(),
        "catalog.scan_snapshots",
        WHAT + HOW + ", reason, trace_end, route_hash, hops");
  }

  private static void metric(
      CopyRows rows, Recording recording, MeasuredTrace measured, IdentifiedRoute route) {
    Trace trace = measured.trace();
    what(rows, recording, trace.startedAt(), measured.targetId(), measured.host());
    rows.add(trace.protocol()).add(trace.mode()).add(trace.address());
    rows.add(measured.cause()).add(trace.end()).add(trace.totalRttNanos()).add(trace.hopCount());
    rows.add(trace.firstHopRttNanos()).add(trace.lastHopRttNanos());
    rows.add(route.hash().orElse(null)).end();
  }

  private static void snapshot(
      CopyRows rows, Recording recording, MeasuredTrace measured, IdentifiedRoute route) {
    Trace trace = measured.trace();
    what(rows, recording, trace.startedAt(), measured.targetId(), measured.host());
    rows.add(trace.protocol()).add(trace.mode()).add(trace.address());
    rows.add(route.changed() ? "ROUTE_CHANGE" : "CADENCE").add(trace.end());
    rows.add(route.hash().orElse(null)).add(HopsJson.write(trace.hops())).end();
  }

  private static void copyResolutions(Recording recording) throws SQLException {
    CopyRows rows = new CopyRows();
    for (Resolution resolution : recording.scan().resolutions()) {
      switch (resolution) {
        case Resolution.Resolved(String targetId, var answers) -> {
          what(rows, recording, answers.resolvedAt(), targetId, answers.host());
          rows.add(answers.addresses()).add(answers.ttl().toSeconds()).add((Object) null).end();
        }
        case Resolution.Failed(String targetId, String host, Instant at, String reason) -> {
          what(rows, recording, at, targetId, host);
          rows.add(List.of()).add((Object) null).add(shortened(reason)).end();
        }
      }
    }
    rows.into(
        recording.transaction(), "catalog.answer_sets", WHAT + ", addresses, ttl_seconds, failure");
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }

  private static void what(
      CopyRows rows, Recording recording, Instant observedAt, String targetId, String host) {
    AcceptedScan scan = recording.scan();
    rows.add(observedAt).add(targetId).add(scan.vantagePoint().name()).add(host);
    rows.add(scan.vantagePoint().simulated()).add(scan.knownAt());
  }
}
