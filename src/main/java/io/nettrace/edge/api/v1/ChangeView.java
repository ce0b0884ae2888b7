package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.metric.AddressText;
import io.nettrace.route.BurstWindow;
import io.nettrace.route.ChangeEffect;
import io.nettrace.route.RecordedChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of route, and what it did to delay and loss. */
record ChangeView(
    String id,
    Instant observedAt,
    Instant confirmedAt,
    Instant knownAt,
    String method,
    String mode,
    String address,
    String kind,
    String routeHashBefore,
    String routeHashAfter,
    List<List<String>> pathBefore,
    List<List<String>> pathAfter,
    List<Long> asPathBefore,
    List<Long> asPathAfter,
    @Nullable Double rttMsBefore,
    @Nullable Double rttMsAfter,
    @Nullable EffectView effect) {

  /** The bursts to either side of the change. */
  record EffectView(Instant knownAt, long reachSeconds, WindowView before, WindowView after) {
    static EffectView of(ChangeEffect effect) {
      return new EffectView(
          effect.knownAt(),
          effect.reach().toSeconds(),
          WindowView.of(effect.before()),
          WindowView.of(effect.after()));
    }
  }

  /** Bursts of one side together; p50 is the median of their medians. */
  record WindowView(
      int bursts,
      long sent,
      long received,
      @Nullable Double lossRatio,
      @Nullable WindowDelaysView rttMs) {
    static WindowView of(BurstWindow window) {
      return new WindowView(
          window.bursts(),
          window.sent(),
          window.received(),
          window.lossRatio().orElse(null),
          WindowDelaysView.of(window));
    }
  }

  /** Milliseconds, over the answered probes of the window. */
  record WindowDelaysView(@Nullable Double p50, @Nullable Double ipdv) {
    static @Nullable WindowDelaysView of(BurstWindow window) {
      return window.rttNanosP50().isEmpty()
          ? null
          : new WindowDelaysView(Millis.of(window.rttNanosP50()), Millis.of(window.ipdvNanos()));
    }
  }

  static ChangeView of(RecordedChange change) {
    return new ChangeView(
        ItemIds.of(EventView.Type.ROUTE_CHANGE, change.position()),
        change.observedAt(),
        change.confirmedAt(),
        change.knownAt(),
        ConstantNames.of(change.method()),
        ConstantNames.of(change.mode()),
        AddressText.of(change.address()),
        ConstantNames.of(change.kind()),
        change.hashBefore(),
        change.hashAfter(),
        change.pathBefore(),
        change.pathAfter(),
        change.asPathBefore(),
        change.asPathAfter(),
        Millis.of(change.rttNanosBefore()),
        Millis.of(change.rttNanosAfter()),
        change.effect().map(EffectView::of).orElse(null));
  }
}
