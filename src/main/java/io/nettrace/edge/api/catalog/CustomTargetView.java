package io.nettrace.edge.api.catalog;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.sample.BurstSample;
import io.nettrace.sample.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A target of a tenant's own, and how it stands once anything is known of it. */
record CustomTargetView(
    String id,
    String host,
    int port,
    String name,
    List<String> methods,
    List<String> tags,
    long intervalSeconds,
    boolean paused,
    Instant createdAt,
    String createdBy,
    int version,
    @Nullable StandingView standing) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Its newest burst from the default vantage point, or why there cannot be one. */
  record StandingView(
      String vantagePoint,
      String state,
      boolean stale,
      @Nullable String reason,
      @Nullable Instant observedAt,
      @Nullable Double lossRatio,
      @Nullable MedianView rttMs) {

    static StandingView of(Standing standing) {
      Optional<BurstSample> burst = standing.burst();
      return new StandingView(
          standing.vantagePoint().name(),
          ConstantNames.of(standing.reachability()),
          standing.stale(),
          standing.unresolved().map(Standing.Unresolved::reason).orElse(null),
          standing.observedAt().orElse(null),
          burst.flatMap(BurstSample::lossRatio).orElse(null),
          burst
              .flatMap(BurstSample::delays)
              .map(delays -> new MedianView(delays.p50Nanos() / NANOS_PER_MILLI))
              .orElse(null));
    }
  }

  /** Milliseconds, over the answered probes of the burst. */
  record MedianView(double p50) {}

  static CustomTargetView of(CustomTarget target, Optional<Standing> standing) {
    return of(target, standing.map(StandingView::of).orElse(null));
  }

  /** One that was added or changed a moment ago. */
  static CustomTargetView of(CustomTarget target) {
    return of(target, (StandingView) null);
  }

  private static CustomTargetView of(CustomTarget target, @Nullable StandingView standing) {
    return new CustomTargetView(
        target.id(),
        target.host(),
        target.port(),
        target.name(),
        target.methods().stream().map(ConstantNames::of).toList(),
        target.tags(),
        target.burstEvery().toSeconds(),
        target.paused(),
        target.createdAt(),
        target.createdBy(),
        target.version(),
        standing);
  }
}
