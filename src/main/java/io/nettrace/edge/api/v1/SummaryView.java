package io.nettrace.edge.api.v1;

import io.nettrace.sample.Aggregate;
import io.nettrace.sample.Selection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Delay and loss of a target over a whole range. */
record SummaryView(
    String host,
    String targetId,
    String vantagePoint,
    boolean simulated,
    Instant start,
    Instant end,
    @Nullable Instant asOf,
    int bursts,
    long sent,
    long received,
    long sendFailures,
    @Nullable Double lossRatio,
    @Nullable Map<String, Double> rttMs) {

  static SummaryView of(
      Subject subject,
      Selection selection,
      Optional<Instant> asOf,
      Optional<Aggregate> summary,
      Percentiles percentiles) {
    return new SummaryView(
        subject.target().host(),
        subject.target().id(),
        selection.vantagePoint(),
        subject.vantagePoint().simulated(),
        selection.start(),
        selection.end(),
        asOf.orElse(null),
        summary.map(Aggregate::bursts).orElse(0),
        summary.map(Aggregate::sent).orElse(0L),
        summary.map(Aggregate::received).orElse(0L),
        summary.map(Aggregate::sendFailures).orElse(0L),
        summary.map(Aggregate::lossRatio).map(Ratios::of).orElse(null),
        summary.map(all -> SeriesView.delays(all, percentiles)).orElse(null));
  }
}
