package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.geo.Places;
import io.nettrace.metric.Trace;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.sample.IdentifiedRoute;
import io.nettrace.sample.RouteIdentifier;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.Recording;
import io.nettrace.scan.TraceRequests;
import io.nettrace.scan.VantagePoint;
import io.nettrace.scanner.MeasuredTrace;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The routes in force. Each scan's traces move the tracker's states on, which are read, moved and
 * written in the scan's transaction: whichever node takes a delivery in goes on where the last one
 * ended. A vantage point's deliveries are stored one after another, so no state is moved twice.
 */
@Service
public class Routes implements RouteIdentifier {
  private final Places places;
  private final TraceRequests traceRequests;
  private final Event<EventsRecorded> recorded;

  /**
   * What a scan's traces brought.
   *
   * @param changes statements that record the changes of route
   * @param unconfirmed targets that may have another route, to be traced again at once
   */
  private record Findings(List<Sql> changes, Set<String> unconfirmed) {}

  @Inject
  Routes(Places places, TraceRequests traceRequests, Event<EventsRecorded> recorded) {
    this.places = places;
    this.traceRequests = traceRequests;
    this.recorded = recorded;
  }

  @Override
  public List<IdentifiedRoute> identify(Recording recording) throws SQLException {
    AcceptedScan scan = recording.scan();
    Origins origins = places.origins(scan.vantagePoint().simulated());
    boolean edgeMoved = new EdgeMoveRecorder(recording, origins).record();
    RouteTracker tracker = new RouteTracker(origins);
    Map<RouteKey, RouteState> known = RouteStore.load(recording.connection(), scan);
    Map<RouteKey, RouteState> moved = new LinkedHashMap<>();
    List<IdentifiedRoute> identified = new ArrayList<>();
    Findings findings = new Findings(new ArrayList<>(), new LinkedHashSet<>());
    for (MeasuredTrace measured : scan.traces()) {
      RouteKey key = key(scan, measured);
      Optional<RouteTracker.Step> step =
          tracker.observe(Optional.ofNullable(known.get(key)), measured.trace());
      if (step.isEmpty()) {
        identified.add(IdentifiedRoute.NONE);
        continue;
      }
      known.put(key, step.get().state());
      moved.put(key, step.get().state());
      identified.add(identified(step.get()));
      note(recording, measured, step.get().verdict(), origins, findings);
    }
    Sql.batch(recording.connection(), findings.changes());
    RouteStore.save(recording.connection(), moved);
    recording.afterCommit(
        () -> traceRequests.ask(scan.vantagePoint().name(), findings.unconfirmed()));
    if (edgeMoved || !findings.changes().isEmpty()) {
      recording.afterCommit(() -> recorded.fire(new EventsRecorded(recording.whose())));
    }
    return identified;
  }

  private void note(
      Recording recording,
      MeasuredTrace measured,
      TraceVerdict verdict,
      Origins origins,
      Findings findings)
      throws SQLException {
    switch (verdict) {
      case TraceVerdict.Unconfirmed _ -> findings.unconfirmed().add(measured.targetId());
      case TraceVerdict.Changed(RouteChange change) -> {
        findings.changes().add(RouteStore.change(recording.scan(), measured, change, origins));
        recording.publish(event(recording, measured, change));
      }
      case TraceVerdict.First _, TraceVerdict.Same _, TraceVerdict.Ignored _ -> {}
    }
  }

  private static RouteChanged event(
      Recording recording, MeasuredTrace measured, RouteChange change) {
    VantagePoint from = recording.scan().vantagePoint();
    return new RouteChanged(
        recording.tenant(),
        from.name(),
        from.simulated(),
        measured.targetId(),
        measured.host(),
        measured.trace().protocol(),
        measured.trace().address().getHostAddress(),
        change.kind(),
        change.before().hash(),
        change.after().hash(),
        change.observedAt(),
        change.confirmedAt(),
        change.rttNanosBefore(),
        change.rttNanosAfter());
  }

  private static IdentifiedRoute identified(RouteTracker.Step step) {
    return new IdentifiedRoute(
        Optional.of(step.state().current().hash()), step.verdict() instanceof TraceVerdict.Changed);
  }

  private static RouteKey key(AcceptedScan scan, MeasuredTrace measured) {
    Trace trace = measured.trace();
    return new RouteKey(
        scan.vantagePoint().name(), measured.targetId(), trace.protocol(), trace.address());
  }
}
