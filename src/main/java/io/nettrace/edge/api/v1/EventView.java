package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.metric.AddressText;
import io.nettrace.route.EdgeMove;
import io.nettrace.route.EventPosition;
import io.nettrace.route.RecordedChange;
import io.nettrace.signal.Deviation;
import io.nettrace.signal.VantageEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on the way to a target, or to a vantage point; exactly one of the last
 * four is there, and only what happened to a vantage point has no target.
 */
record EventView(
    String id,
    String type,
    Instant at,
    Instant knownAt,
    @Nullable String host,
    @Nullable String targetId,
    String vantagePoint,
    boolean simulated,
    @Nullable ChangeView routeChange,
    @Nullable DeviationView deviation,
    @Nullable MoveView edgeMove,
    @Nullable FaultView vantageFault) {

  /** What can happen, in the order in which events of one moment are listed. */
  enum Type {
    EDGE_MOVE,
    DEVIATION,
    ROUTE_CHANGE,
    VANTAGE_FAULT
  }

  /** A while in which an address answered unlike in its recent past. */
  record DeviationView(
      String kind,
      String method,
      String address,
      Instant openedAt,
      @Nullable Instant closedAt,
      @Nullable String closing,
      @Nullable Double rttMsBaseline,
      @Nullable Double spreadMsBaseline,
      @Nullable Double rttMsSeen,
      @Nullable Double lossRatioBaseline,
      @Nullable Double lossRatioSeen,
      double effectSize,
      int pastBursts,
      int deviatingBursts,
      int judgedBursts) {}

  /** The name service sent visitors elsewhere. */
  record MoveView(
      String kind,
      List<String> before,
      List<String> after,
      @Nullable Long asnBefore,
      @Nullable Long asnAfter,
      boolean returning) {}

  /** An event and where it stands among all of its type. */
  record Positioned(Type type, EventPosition position, EventView view) {
    /** The same by the time at which it could first be read. */
    Positioned published() {
      return new Positioned(type, new EventPosition(view.knownAt(), position.key()), view);
    }
  }

  static Positioned of(RecordedChange c) {
    return new Positioned(
        Type.ROUTE_CHANGE,
        c.position(),
        new EventView(
            ItemIds.of(Type.ROUTE_CHANGE, c.position()),
            ConstantNames.of(Type.ROUTE_CHANGE),
            c.observedAt(),
            c.knownAt(),
            c.host(),
            c.targetId(),
            c.vantagePoint(),
            c.simulated(),
            ChangeView.of(c),
            null,
            null,
            null));
  }

  static Positioned of(Deviation d) {
    DeviationView view =
        new DeviationView(
            ConstantNames.of(d.kind()),
            ConstantNames.of(d.method()),
            AddressText.of(d.address()),
            d.openedAt(),
            d.closedAt().orElse(null),
            d.closing().map(ConstantNames::of).orElse(null),
            Millis.of(d.rttNanosBaseline()),
            Millis.of(d.rttNanosSpread()),
            Millis.of(d.rttNanosSeen()),
            Ratios.of(d.lossRatioBaseline()),
            Ratios.of(d.lossRatioSeen()),
            d.effectSize(),
            d.evidence().pastBursts(),
            d.evidence().deviating(),
            d.evidence().judged());
    return new Positioned(
        Type.DEVIATION,
        d.position(),
        new EventView(
            ItemIds.of(Type.DEVIATION, d.position()),
            ConstantNames.of(Type.DEVIATION),
            d.openedAt(),
            d.knownAt(),
            d.host(),
            d.targetId(),
            d.vantagePoint().name(),
            d.vantagePoint().simulated(),
            null,
            view,
            null,
            null));
  }

  static Positioned of(EdgeMove m) {
    MoveView view =
        new MoveView(
            ConstantNames.of(m.kind()),
            m.before().stream().map(AddressText::of).toList(),
            m.after().stream().map(AddressText::of).toList(),
            PlaceView.number(m.asnBefore()),
            PlaceView.number(m.asnAfter()),
            m.returning());
    return new Positioned(
        Type.EDGE_MOVE,
        m.position(),
        new EventView(
            ItemIds.of(Type.EDGE_MOVE, m.position()),
            ConstantNames.of(Type.EDGE_MOVE),
            m.observedAt(),
            m.knownAt(),
            m.host(),
            m.targetId(),
            m.vantagePoint().name(),
            m.vantagePoint().simulated(),
            null,
            null,
            view,
            null));
  }

  static Positioned of(VantageEvent e) {
    return new Positioned(
        Type.VANTAGE_FAULT,
        e.position(),
        new EventView(
            ItemIds.of(Type.VANTAGE_FAULT, e.position()),
            ConstantNames.of(Type.VANTAGE_FAULT),
            e.fault().beganAt(),
            e.knownAt(),
            null,
            null,
            e.vantagePoint().name(),
            e.vantagePoint().simulated(),
            null,
            null,
            null,
            FaultView.of(e.fault())));
  }
}
