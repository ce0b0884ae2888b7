package io.nettrace.sample;

import io.nettrace.metric.Trace;
import io.nettrace.platform.Service;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.Recorder;
import io.nettrace.scan.Recording;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a scan's rows by COPY, inside the delivery's transaction. Only the catalogue's record has
 * partitions and a snapshot in memory.
 */
@Service
public class SampleRecorder implements Recorder {
  private static final int LONGEST_REASON = 500;
  private static final String WHAT =
      "observed_at, target_id, vantage_point, target_host, simulated, known_at";
  private static final String HOW = ", method, mode, address";

  private final RouteIdentifier routes;
  private final Latest latest;
  private final SnapshotCadence cadence;
  private final Partitions partitions;
  private final BurstWriter bursts = new BurstWriter();

  @Inject
  SampleRecorder(
      RouteIdentifier routes, Latest latest, SampleConfig config, Partitions partitions) {
    this.routes = routes;
    this.latest = latest;
    this.cadence = new SnapshotCadence(config.snapshotEvery());
    this.partitions = partitions;
  }

  @Override
  public void record(Recording recording) throws SQLException {
    switch (recording.whose()) {
      case RecordOf.Catalogue _ -> recordForAll(recording);
      case RecordOf.Own _ -> recordForOne(recording);
    }
  }

  /** Numbers of series are others in each schema, so none are remembered from one to the next. */
  private void recordForOne(Recording recording) throws SQLException {
    AcceptedScan scan = entered(recording);
    List<IdentifiedRoute> identified = routes.identify(recording);
    Runnable _ = new BurstWriter().write(recording.connection(), scan);
    copyTraces(recording.connection(), scan, identified);
    copyResolutions(recording.connection(), scan);
    recording.publish(completed(recording, scan, OptionalLong.empty()));
  }

  private void recordForAll(Recording recording) throws SQLException {
    AcceptedScan scan = entered(recording);
    Set<String> made = partitions.prepare(recording.connection(), times(scan));
    recording.afterCommit(() -> partitions.confirm(made));
    List<IdentifiedRoute> identified = routes.identify(recording);
    recording.afterCommit(bursts.write(recording.connection(), scan));
    copyTraces(recording.connection(), scan, identified);
    copyResolutions(recording.connection(), scan);
    long feed = latest.record(recording, identified);
    recording.publish(completed(recording, scan, OptionalLong.of(feed)));
  }

  private static ScanCompleted completed(
      Recording recording, AcceptedScan scan, OptionalLong feed) {
    return new ScanCompleted(
        recording.tenant(),
        scan.vantagePoint().name(),
        scan.vantagePoint().simulated(),
        scan.knownAt(),
        scan.bursts().size(),
        scan.traces().size(),
        scan.resolutions().size(),
        feed);
  }

  /** The scan, known from its place in the order of arrivals. */
  private static AcceptedScan entered(Recording recording) throws SQLException {
    AcceptedScan scan = recording.scan();
    Stream<Instant> measured =
        Stream.concat(
            scan.bursts().stream().map(b -> b.burst().startedAt()),
            scan.traces().stream().map(t -> t.trace().startedAt()));
    return scan.knownAt(
        Arrivals.enter(
            recording.connection(), scan.vantagePoint().name(), scan.knownAt(), measured));
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

  private void copyTraces(
      Connection transaction, AcceptedScan scan, List<IdentifiedRoute> identified)
      throws SQLException {
    CopyRows metrics = new CopyRows();
    CopyRows snapshots = new CopyRows();
    for (int i = 0; i < identified.size(); i++) {
      MeasuredTrace measured = scan.traces().get(i);
      IdentifiedRoute route = identified.get(i);
      metric(metrics, scan, measured, route);
      boolean due = cadence.isDue(scan.vantagePoint().name(), measured.targetId());
      if (due || route.changed()) {
        snapshot(snapshots, scan, measured, route);
      }
    }
    metrics.into(
        transaction,
        "scan_metrics",
        WHAT
            + HOW
            + ", cause, trace_end, total_rtt, hop_count, first_hop_rtt, last_hop_rtt, route_hash");
    snapshots.into(
        transaction, "scan_snapshots", WHAT + HOW + ", reason, trace_end, route_hash, hops");
  }

  private static void metric(
      CopyRows rows, AcceptedScan scan, MeasuredTrace measured, IdentifiedRoute route) {
    Trace trace = measured.trace();
    what(rows, scan, trace.startedAt(), measured.targetId(), measured.host());
    rows.add(trace.protocol()).add(trace.mode()).add(trace.address());
    rows.add(measured.cause()).add(trace.end()).add(trace.totalRttNanos()).add(trace.hopCount());
    rows.add(trace.firstHopRttNanos()).add(trace.lastHopRttNanos());
    rows.add(route.hash().orElse(null)).end();
  }

  private static void snapshot(
      CopyRows rows, AcceptedScan scan, MeasuredTrace measured, IdentifiedRoute route) {
    Trace trace = measured.trace();
    what(rows, scan, trace.startedAt(), measured.targetId(), measured.host());
    rows.add(trace.protocol()).add(trace.mode()).add(trace.address());
    rows.add(route.changed() ? "ROUTE_CHANGE" : "CADENCE").add(trace.end());
    rows.add(route.hash().orElse(null)).add(HopsJson.write(trace.hops())).end();
  }

  private static void copyResolutions(Connection transaction, AcceptedScan scan)
      throws SQLException {
    CopyRows rows = new CopyRows();
    for (Resolution resolution : scan.resolutions()) {
      switch (resolution) {
        case Resolution.Resolved(String targetId, var answers) -> {
          what(rows, scan, answers.resolvedAt(), targetId, answers.host());
          rows.add(answers.addresses()).add(answers.ttl().toSeconds()).add((Object) null).end();
        }
        case Resolution.Failed(String targetId, String host, Instant at, String reason) -> {
          what(rows, scan, at, targetId, host);
          rows.add(List.of()).add((Object) null).add(shortened(reason)).end();
        }
      }
    }
    rows.into(transaction, "answer_sets", WHAT + ", addresses, ttl_seconds, failure");
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }

  private static void what(
      CopyRows rows, AcceptedScan scan, Instant observedAt, String targetId, String host) {
    rows.add(observedAt).add(targetId).add(scan.vantagePoint().name()).add(host);
    rows.add(scan.vantagePoint().simulated()).add(scan.knownAt());
  }
}
