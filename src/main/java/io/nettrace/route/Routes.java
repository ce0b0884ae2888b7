package io.nettrace.route;

import io.nettrace.geo.Origins;
import io.nettrace.geo.Places;
import io.nettrace.metric.Trace;
import io.nettrace.platform.Service;
import io.nettrace.sample.IdentifiedRoute;
import io.nettrace.sample.RouteIdentifier;
import io.nettrace.scan.AcceptedScan;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.Recording;
import io.nettrace.scan.TraceRequests;
import io.nettrace.scanner.MeasuredTrace;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes in force. Each scan's traces move the tracker's states on, which are read, moved and
 * written in the scan's transaction: whichever node takes a delivery in goes on where the last one
 * ended. A vantage point's deliveries are stored one after another, so no state is moved twice.
 */
@Service
public class Routes implements RouteIdentifier {
  private final Places places;
  private final TraceRequests traceRequests;
  private final Event<RouteChanged> changed;
  private final Event<EventsRecorded> recorded;

  @Inject
  Routes(
      Places places,
      TraceRequests traceRequests,
      Event<RouteChanged> changed,
      Event<EventsRecorded> recorded) {
    this.places = places;
    this.traceRequests = traceRequests;
    this.changed = changed;
    this.recorded = recorded;
  }

  @Override
  public List<IdentifiedRoute> identify(Recording recording) throws SQLException {
    AcceptedScan scan = recording.scan();
    Origins origins = places.origins(scan.vantagePoint().simulated());
    boolean news = new EdgeMoveRecorder(recording, origins).record();
    RouteTracker tracker = new RouteTracker(origins);
    Map<RouteKey, RouteState> known = RouteStore.load(recording.connection(), scan);
    Map<RouteKey, RouteState> moved = new LinkedHashMap<>();
    List<IdentifiedRoute> identified = new ArrayList<>();
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
      follow(recording, measured, step.get().verdict());
      news |= step.get().verdict() instanceof Verdict.Changed;
    }
    RouteStore.save(recording.connection(), moved);
    if (news) {
      recording.afterCommit(() -> recorded.fire(new EventsRecorded(recording.whose())));
    }
    return identified;
  }

  private void follow(Recording recording, MeasuredTrace measured, Verdict verdict)
      throws SQLException {
    AcceptedScan scan = recording.scan();
    switch (verdict) {
      case Verdict.Unconfirmed _ ->
          recording.afterCommit(
              () -> traceRequests.ask(scan.vantagePoint().name(), measured.targetId()));
      case Verdict.Changed(RouteChange change) -> {
        Origins origins = places.origins(scan.vantagePoint().simulated());
        RouteStore.add(recording.connection(), scan, measured, change, origins);
        if (recording.whose() instanceof RecordOf.Catalogue) {
          recording.afterCommit(
              () ->
                  changed.fire(
                      new RouteChanged(
                          scan.vantagePoint(), measured.targetId(), measured.host(), change)));
        }
      }
      case Verdict.First _, Verdict.Same _, Verdict.Ignored _ -> {}
    }
  }

  private static IdentifiedRoute identified(RouteTracker.Step step) {
    return new IdentifiedRoute(
        Optional.of(step.state().current().hash()), step.verdict() instanceof Verdict.Changed);
  }

  private static RouteKey key(AcceptedScan scan, MeasuredTrace measured) {
    Trace trace = measured.trace();
    return new RouteKey(
        scan.vantagePoint().name(), measured.targetId(), trace.protocol(), trace.address());
  }
}
