package io.nettrace.scan;

import io.nettrace.scanner.MeasuredBurst;
import io.nettrace.scanner.MeasuredTrace;
import io.nettrace.scanner.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * The measurements of one delivery that are believed.
 *
 * @param knownAt when they reached the record
 * @param refused how many of the delivery were left out
 */
public record AcceptedScan(
    VantagePoint vantagePoint,
    Instant knownAt,
    List<MeasuredBurst> bursts,
    List<MeasuredTrace> traces,
    List<Resolution> resolutions,
    int refused) {
  public AcceptedScan {
    bursts = List.copyOf(bursts);
    traces = List.copyOf(traces);
    resolutions = List.copyOf(resolutions);
  }

  /** What of it belongs to some targets; what was refused is told with the whole. */
  AcceptedScan of(Predicate<String> targetIds) {
    return new AcceptedScan(
        vantagePoint,
        knownAt,
        bursts.stream().filter(burst -> targetIds.test(burst.targetId())).toList(),
        traces.stream().filter(trace -> targetIds.test(trace.targetId())).toList(),
        resolutions.stream().filter(answer -> targetIds.test(answer.targetId())).toList(),
        0);
  }

  /** The same, known from another moment. */
  public AcceptedScan knownAt(Instant moment) {
    return new AcceptedScan(vantagePoint, moment, bursts, traces, resolutions, refused);
  }

  int accepted() {
    return bursts.size() + traces.size() + resolutions.size();
  }
}
