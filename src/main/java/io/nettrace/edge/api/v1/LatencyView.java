package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.sample.LastHour;
import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far away a target is now, as seen from one vantage point, or why nobody can tell. */
record LatencyView(
    String host,
    String targetId,
    String name,
    String category,
    String vantagePoint,
    boolean simulated,
    String state,
    boolean stale,
    @Nullable String reason,
    @Nullable DeviatingView deviation,
    @Nullable BurstView burst,
    @Nullable LastHourView lastHour,
    @Nullable PathView path) {

  /** All probes of the hour that ended with the newest burst. */
  record LastHourView(
      Instant start,
      Instant end,
      int bursts,
      long sent,
      long received,
      @Nullable Double lossRatio,
      @Nullable HourDelaysView rttMs) {

    static LastHourView of(LastHour hour) {
      return new LastHourView(
          hour.start(),
          hour.end(),
          hour.bursts(),
          hour.sent(),
          hour.received(),
          hour.lossRatio().orElse(null),
          HourDelaysView.of(hour));
    }
  }

  /** Milliseconds, over the answered probes of the hour. */
  record HourDelaysView(@Nullable Double p50, @Nullable Double p99) {
    static @Nullable HourDelaysView of(LastHour hour) {
      return hour.p50Nanos().isEmpty()
          ? null
          : new HourDelaysView(Millis.of(hour.p50Nanos()), Millis.of(hour.p99Nanos()));
    }
  }

  static LatencyView of(Subject subject) {
    return of(subject.target(), subject.vantagePoint(), subject.standing());
  }

  private static LatencyView of(
      ShownTarget target, VantagePoint from, Optional<Standing> standing) {
    return new LatencyView(
        target.host(),
        target.id(),
        target.name(),
        target.category(),
        from.name(),
        from.simulated(),
        ConstantNames.of(
            standing.map(Standing::reachability).orElse(Standing.Reachability.UNKNOWN)),
        standing.map(Standing::stale).orElse(true),
        standing.flatMap(Standing::reason).orElse(null),
        DeviatingView.of(standing),
        standing.flatMap(Standing::burst).map(BurstView::of).orElse(null),
        standing.flatMap(Standing::lastHour).map(LastHourView::of).orElse(null),
        standing.flatMap(Standing::trace).map(PathView::of).orElse(null));
  }
}
