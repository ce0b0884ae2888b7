package io.nettrace.edge.portal.record;

import io.nettrace.metric.LossReason;
import io.nettrace.sample.BurstSample;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of a burst's lost probes, in words. */
final class Lost {
  private Lost() {}

  /** How many were lost and why; empty when none was. */
  static Optional<String> of(BurstSample burst) {
    int lost = burst.sent() - burst.received();
    return lost == 0
        ? Optional.empty()
        : Optional.of("%d of %d lost: %s".formatted(lost, burst.sent(), reasons(burst)));
  }

  static String reasons(BurstSample burst) {
    Stream<String> silence =
        burst.silent() > 0 ? Stream.of(burst.silent() + " without an answer") : Stream.empty();
    return Stream.concat(burst.losses().stream().map(LossReason::words), silence)
        .collect(Collectors.joining("; "));
  }
}
