package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.sample.Deviating;
import io.nettrace.sample.Standing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the newest bursts of a target are unlike its recent past. */
record DeviatingView(
    String kind,
    Instant openedAt,
    boolean settled,
    @Nullable Double rttMsBaseline,
    @Nullable Double rttMsSeen,
    @Nullable Double lossRatioBaseline,
    @Nullable Double lossRatioSeen) {

  static @Nullable DeviatingView of(Optional<Standing> standing) {
    return standing.flatMap(Standing::deviation).map(DeviatingView::of).orElse(null);
  }

  private static DeviatingView of(Deviating deviation) {
    return new DeviatingView(
        ConstantNames.of(deviation.kind()),
        deviation.since(),
        deviation.settled(),
        Millis.of(deviation.rttNanosBaseline()),
        Millis.of(deviation.rttNanosSeen()),
        Ratios.of(deviation.lossRatioBaseline()),
        Ratios.of(deviation.lossRatioSeen()));
  }
}
